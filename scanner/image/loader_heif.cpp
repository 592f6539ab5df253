// SPDX-License-Identifier: Apache-2.0
#include <fmt/format.h>
#include <libheif/heif.h>

#include <algorithm>
#include <memory>
#include <vector>

#include "scanner/image/decoders.h"
#include "scanner/image/pixels.h"

namespace verso::scanner {

namespace {

struct Closer {
    void operator()(heif_context* context) const { heif_context_free(context); }
    void operator()(heif_image_handle* handle) const { heif_image_handle_release(handle); }
    void operator()(heif_image* image) const { heif_image_release(image); }
    void operator()(heif_decoding_options* options) const { heif_decoding_options_free(options); }
};
template <class T>
using Owned = std::unique_ptr<T, Closer>;

Error fault_of(const heif_error& fault, const std::string& where) {
    const char* words = fault.message != nullptr ? fault.message : "no reason given";
    if (fault.subcode == heif_suberror_Security_limit_exceeded) {
        return {ErrorCode::LimitExceeded,
                fmt::format("the HEIF picture is larger than the limits ({})", words), where,
                "save the picture as JPEG"};
    }
    if (fault.code == heif_error_Unsupported_feature ||
        fault.code == heif_error_Unsupported_filetype) {
        return unsupported_page(
            where, fmt::format("the HEIF picture is of a kind that is not read ({})", words));
    }
    return damaged_page(where, fmt::format("the HEIF picture is damaged or cut short ({})", words));
}

Result<void> check_sides(int width, int height, const std::string& where,
                         const LoadLimits& limits) {
    return check_size(static_cast<std::uint64_t>(std::max(width, 0)),
                      static_cast<std::uint64_t>(std::max(height, 0)), where, limits);
}

/// RGBA over white; `multiplied` says that the colours have been weakened by alpha already.
GrayImage gray_of(const std::uint8_t* plane, int stride, int width, int height, bool multiplied) {
    GrayImage image = make_image(width, height, 0);
    for (int y = 0; y < height; ++y) {
        const std::uint8_t* p = plane + std::ptrdiff_t(y) * stride;
        std::uint8_t* out = image.row(y);
        for (int x = 0; x < width; ++x, p += 4) {
            const int gray = luma(p[0], p[1], p[2]), alpha = p[3];
            const int inked = multiplied ? gray + 255 - alpha : 255 - (255 - gray) * alpha / 255;
            out[x] = static_cast<std::uint8_t>(std::clamp(inked, 0, 255));
        }
    }
    return image;
}

/// The picture as RGBA, handed to `take` as plane, stride, width, height and whether the colours
/// have been weakened by alpha already.
template <class Image, class Take>
Result<Image> with_item(heif_context* context, heif_item_id id, const std::string& where,
                        const LoadLimits& limits, const Take& take) {
    heif_image_handle* raw_handle = nullptr;
    heif_error fault = heif_context_get_image_handle(context, id, &raw_handle);
    const Owned<heif_image_handle> handle(raw_handle);
    if (fault.code != heif_error_Ok) return fault_of(fault, where);
    const auto fits = check_sides(heif_image_handle_get_width(raw_handle),
                                  heif_image_handle_get_height(raw_handle), where, limits);
    if (!fits) return fits.error();

    const Owned<heif_decoding_options> options(heif_decoding_options_alloc());
    if (options == nullptr) return Error{ErrorCode::Internal, "no decoder of HEIF", where, ""};
    options->convert_hdr_to_8bit = 1;
    options->strict_decoding = 1;
    heif_image* raw_image = nullptr;
    fault = heif_decode_image(raw_handle, &raw_image, heif_colorspace_RGB,
                              heif_chroma_interleaved_RGBA, options.get());
    const Owned<heif_image> image(raw_image);
    if (fault.code != heif_error_Ok) return fault_of(fault, where);
    int stride = 0;
    const auto* plane = heif_image_get_plane_readonly(raw_image, heif_channel_interleaved, &stride);
    const int width = heif_image_get_width(raw_image, heif_channel_interleaved);
    const int height = heif_image_get_height(raw_image, heif_channel_interleaved);
    const auto still_fits = check_sides(width, height, where, limits);
    if (!still_fits) return still_fits.error();
    if (plane == nullptr || stride < width * 4) return damaged_page(where, "the picture is empty");
    return take(plane, stride, width, height,
                heif_image_handle_is_premultiplied_alpha(raw_handle) != 0);
}

/// All pictures that stand for themselves, the primary one first: no thumbnails, depths or tiles.
std::vector<heif_item_id> pictures_of(heif_context* context) {
    std::vector<heif_item_id> ids(
        static_cast<std::size_t>(heif_context_get_number_of_top_level_images(context)));
    const int count = heif_context_get_list_of_top_level_image_IDs(context, ids.data(),
                                                                   static_cast<int>(ids.size()));
    ids.resize(static_cast<std::size_t>(std::max(count, 0)));
    heif_item_id primary = 0;
    if (heif_context_get_primary_image_ID(context, &primary).code == heif_error_Ok) {
        std::stable_partition(ids.begin(), ids.end(),
                              [&](heif_item_id id) { return id == primary; });
    }
    return ids;
}

Result<Owned<heif_context>> open_heif(std::string_view bytes, const std::string& name,
                                      const LoadLimits& limits) {
    Owned<heif_context> context(heif_context_alloc());
    if (context == nullptr) return Error{ErrorCode::Internal, "no reader of HEIF", name, ""};
    heif_context_set_maximum_image_size_limit(context.get(), limits.side_pixels);
    heif_context_set_max_decoding_threads(context.get(), 0);
    const heif_error fault = heif_context_read_from_memory_without_copy(context.get(), bytes.data(),
                                                                        bytes.size(), nullptr);
    if (fault.code != heif_error_Ok) return fault_of(fault, name);
    return context;
}

}  // namespace

Result<StoredPhoto> photo_of_heif(std::string_view bytes, const std::string& where,
                                  const LoadLimits& limits) {
    auto context = open_heif(bytes, where, limits);
    if (!context) return context.error();
    const auto ids = pictures_of(context->get());
    if (ids.empty()) return damaged_page(where, "the HEIF file holds no picture");
    auto image = with_item<RgbImage>(context->get(), ids.front(), where, limits, rgb_over_white);
    if (!image) return image.error();
    return StoredPhoto{*std::move(image), 1};
}

Result<int> decode_heif(std::string_view bytes, const std::string& name, const LoadLimits& limits,
                        const PageSink& sink, const PageHooks& hooks) {
    auto opened = open_heif(bytes, name, limits);
    if (!opened) return opened.error();
    const auto& context = *opened;
    int page = 0;
    for (const heif_item_id id : pictures_of(context.get())) {
        ++page;
        const std::string where = page_place(name, page);
        if (page > limits.pages) {
            sink(page, Error{ErrorCode::LimitExceeded,
                             fmt::format("the file has more than {} pictures", limits.pages), where,
                             "split it into smaller files"});
            return page;
        }
        if (!hooks.wants(page)) continue;
        if (!sink(page, with_item<GrayImage>(context.get(), id, where, limits, gray_of)))
            return page;
    }
    if (page == 0) return damaged_page(name, "the HEIF file holds no picture");
    return page;
}

}  // namespace verso::scanner

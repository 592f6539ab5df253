// SPDX-License-Identifier: Apache-2.0
#include <fmt/format.h>
#include <webp/decode.h>

#include <algorithm>
#include <array>

#include "scanner/image/byte_view.h"
#include "scanner/image/decoders.h"
#include "scanner/image/exif.h"
#include "scanner/image/pixels.h"

namespace verso::scanner {

namespace {

/// A decoded picture that frees itself.
struct Decoding {
    WebPDecoderConfig config{};

    Decoding() { WebPInitDecoderConfig(&config); }
    ~Decoding() { WebPFreeDecBuffer(&config.output); }
    Decoding(const Decoding&) = delete;
    Decoding& operator=(const Decoding&) = delete;
};

const std::uint8_t* data_of(std::string_view bytes) {
    return reinterpret_cast<const std::uint8_t*>(bytes.data());
}

/// The EXIF chunk of the RIFF container (WebP container specification, "Extended file format").
ExifTags find_exif(std::string_view bytes) {
    constexpr std::size_t kHeader = 12, kFrame = 8;
    constexpr std::string_view kPrefix("Exif\0\0", 6);  // some writers keep JPEG's
    const ByteView view{bytes, true};
    std::size_t at = kHeader;
    while (const auto size = view.number(at + 4, 4)) {
        const std::size_t begin = at + kFrame;
        if (*size > bytes.size() - begin) break;
        std::string_view chunk = bytes.substr(begin, *size);
        if (bytes.substr(at, 4) == "EXIF") {
            if (chunk.substr(0, kPrefix.size()) == kPrefix) chunk.remove_prefix(kPrefix.size());
            return parse_exif(chunk);
        }
        at = begin + *size + (*size & 1u);
    }
    return {};
}

/// libwebp's luma runs from 16 to 235, as in ITU-R BT.601.
GrayTable full_range() {
    GrayTable table{};
    for (int value = 0; value < 256; ++value) {
        const int gray = ((value - 16) * 255 + 109) / 219;
        table.at(static_cast<std::size_t>(value)) =
            static_cast<std::uint8_t>(std::clamp(gray, 0, 255));
    }
    return table;
}

GrayImage gray_of(const WebPYUVABuffer& planes, int width, int height, bool has_alpha) {
    static const GrayTable kGray = full_range();
    GrayImage image = make_image(width, height, 0);
    for (int y = 0; y < height; ++y) {
        const std::uint8_t* from = planes.y + std::ptrdiff_t(y) * planes.y_stride;
        std::uint8_t* out = image.row(y);
        std::transform(from, from + width, out, [](std::uint8_t value) { return kGray[value]; });
        if (!has_alpha || planes.a == nullptr) continue;
        const std::uint8_t* alpha = planes.a + std::ptrdiff_t(y) * planes.a_stride;
        for (int x = 0; x < width; ++x) {
            out[x] = static_cast<std::uint8_t>(255 - (255 - out[x]) * alpha[x] / 255);
        }
    }
    return image;
}

/// What the header says, within the limits and no animation.
Result<WebPBitstreamFeatures> check_webp(std::string_view bytes, const std::string& where,
                                         const LoadLimits& limits) {
    WebPBitstreamFeatures features{};
    const VP8StatusCode header = WebPGetFeatures(data_of(bytes), bytes.size(), &features);
    if (header != VP8_STATUS_OK) {
        return damaged_page(
            where, fmt::format("the WebP header is damaged or cut short (code {})", int(header)));
    }
    const auto fits =
        check_size(static_cast<std::uint64_t>(std::max(features.width, 0)),
                   static_cast<std::uint64_t>(std::max(features.height, 0)), where, limits);
    if (!fits) return fits.error();
    if (features.has_animation != 0) {
        return unsupported_page(where, "the WebP is an animation, which is not read");
    }
    return features;
}

}  // namespace

Result<GrayImage> decode_webp(std::string_view bytes, const std::string& where,
                              const LoadLimits& limits) {
    auto checked = check_webp(bytes, where, limits);
    if (!checked) return checked.error();
    const WebPBitstreamFeatures& features = *checked;
    Decoding decoding;
    const bool has_alpha = features.has_alpha != 0;
    // Luma is what a lossy WebP holds: nothing is computed, and 1.5 bytes a pixel are enough.
    decoding.config.output.colorspace = has_alpha ? MODE_YUVA : MODE_YUV;
    const VP8StatusCode status = WebPDecode(data_of(bytes), bytes.size(), &decoding.config);
    if (status != VP8_STATUS_OK) {
        return damaged_page(where,
                            fmt::format("the WebP is damaged or cut short (code {})", int(status)));
    }
    GrayImage image =
        gray_of(decoding.config.output.u.YUVA, features.width, features.height, has_alpha);
    const ExifTags exif = find_exif(bytes);
    image.dpi = exif.dpi;
    return oriented(std::move(image), exif.orientation);
}

Result<StoredPhoto> photo_of_webp(std::string_view bytes, const std::string& where,
                                  const LoadLimits& limits) {
    auto features = check_webp(bytes, where, limits);
    if (!features) return features.error();
    Decoding decoding;
    decoding.config.output.colorspace = MODE_RGBA;
    if (WebPDecode(data_of(bytes), bytes.size(), &decoding.config) != VP8_STATUS_OK) {
        return damaged_page(where, "the WebP is damaged or cut short");
    }
    const WebPRGBABuffer& made = decoding.config.output.u.RGBA;
    StoredPhoto photo;
    photo.image = rgb_over_white(made.rgba, made.stride, features->width, features->height, false);
    photo.orientation = find_exif(bytes).orientation;
    return photo;
}

}  // namespace verso::scanner

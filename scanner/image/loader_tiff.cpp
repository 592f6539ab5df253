// SPDX-License-Identifier: Apache-2.0
#include <fmt/format.h>

#include "scanner/image/decoders.h"
#include "scanner/image/pixels.h"
#include "scanner/image/tiff_file.h"

namespace verso::scanner {

namespace {

Error no_directory(const TiffFile& file, const std::string& where) {
    return damaged_page(where, fmt::format("the TIFF has no readable page ({})", file.words()));
}

/// Thumbnails and masks stand beside the page that they belong to.
bool is_extra(const TiffFile& file) {
    return (file.field<std::uint32_t>(TIFFTAG_SUBFILETYPE, 0) &
            (FILETYPE_REDUCEDIMAGE | FILETYPE_MASK)) != 0;
}

Result<GrayImage> decode_page(TiffFile& file, const std::string& where, const LoadLimits& limits) {
    constexpr double kCmPerInch = 2.54;
    const int orientation = file.field<std::uint16_t>(TIFFTAG_ORIENTATION, ORIENTATION_TOPLEFT);
    const int unit = file.field<std::uint16_t>(TIFFTAG_RESOLUTIONUNIT, RESUNIT_INCH);
    const double per_inch = unit == RESUNIT_CENTIMETER ? kCmPerInch : 1;
    const double x_dpi = double(file.field<float>(TIFFTAG_XRESOLUTION, 0)) * per_inch;
    const double y_dpi = double(file.field<float>(TIFFTAG_YRESOLUTION, 0)) * per_inch;
    auto image = decode_directory(file, where, limits);
    if (!image) return image;
    // Without a unit, the numbers are only a ratio.
    auto square = squared(std::move(*image), x_dpi, y_dpi, where, limits);
    if (!square) return square;
    if (unit == RESUNIT_NONE) square->dpi = 0;
    return oriented(std::move(*square), orientation);
}

}  // namespace

Result<int> decode_tiff(std::string_view bytes, const std::string& name, const LoadLimits& limits,
                        const PageSink& sink, const PageHooks& hooks) {
    TiffFile file(bytes, limits);
    if (file.tiff() == nullptr) return no_directory(file, name);
    int page = 0;
    for (;;) {
        if (!is_extra(file)) {
            ++page;
            if (page > limits.pages) {
                sink(page, Error{ErrorCode::LimitExceeded,
                                 fmt::format("the file has more than {} pages", limits.pages),
                                 page_place(name, page), "split it into smaller files"});
                return page;
            }
            if (hooks.wants(page) &&
                !sink(page, decode_page(file, page_place(name, page), limits))) {
                return page;
            }
        }
        if (TIFFLastDirectory(file.tiff()) != 0) break;
        file.forget_words();
        if (TIFFReadDirectory(file.tiff()) == 0) {
            ++page;
            sink(page, no_directory(file, page_place(name, page)));
            break;
        }
    }
    if (page == 0) return damaged_page(name, "the TIFF holds nothing but thumbnails");
    return page;
}

Result<GrayImage> decode_tiff_raw(std::string_view bytes, const std::string& where,
                                  const LoadLimits& limits) {
    TiffFile file(bytes, limits);
    if (file.tiff() == nullptr) return no_directory(file, where);
    return decode_directory(file, where, limits);
}

}  // namespace verso::scanner

// SPDX-License-Identifier: Apache-2.0
#include "scanner/image/pixels.h"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <utility>

namespace verso::scanner {

std::string page_place(const std::string& name, int page) {
    return fmt::format("{}, page {}", name, page);
}

Error damaged_page(const std::string& where, const std::string& what) {
    return {ErrorCode::FormatInvalid, what, where,
            "scan the card again, or save the picture again as TIFF, PNG or JPEG"};
}

Error unsupported_page(const std::string& where, const std::string& what) {
    return {ErrorCode::FormatInvalid, what, where, "scan to TIFF or JPEG"};
}

Error page_not_image(const std::string& where, const std::string& what) {
    return {ErrorCode::PageNotImage, what, where,
            "scan the paper itself, or save this page as a TIFF or PNG picture of 300 dpi"};
}

Result<void> check_size(std::uint64_t width, std::uint64_t height, const std::string& where,
                        const LoadLimits& limits) {
    if (width == 0 || height == 0) return damaged_page(where, "the image has no pixels");
    const auto side = static_cast<std::uint64_t>(std::max(limits.side_pixels, 1));
    if (width > side || height > side || width * height > limits.page_pixels) {
        return Error{
            ErrorCode::LimitExceeded,
            fmt::format("the image is {} x {} pixels; the limit is {} a side and {} in all", width,
                        height, side, limits.page_pixels),
            where, "scan at 300 dpi, one sheet per image"};
    }
    return {};
}

GrayImage make_image(int width, int height, double dpi) {
    GrayImage image{width, height, dpi, {}};
    image.pixels.assign(static_cast<std::size_t>(width) * static_cast<std::size_t>(height), 255);
    return image;
}

std::uint8_t luma_of_clear_cmyk(unsigned c, unsigned m, unsigned y, unsigned k) {
    return luma(c * k / 255, m * k / 255, y * k / 255);
}

GrayTable ramp_table(int bits, bool zero_is_white) {
    const int top = bits >= 8 ? 255 : (1 << bits) - 1;
    GrayTable table{};
    for (int value = 0; value < 256; ++value) {
        const int gray = std::min(value, top) * 255 / top;
        table.at(static_cast<std::size_t>(value)) =
            static_cast<std::uint8_t>(zero_is_white ? 255 - gray : gray);
    }
    return table;
}

void unpack_row(const std::uint8_t* row, int bits, ByteOrder order, const GrayTable& table,
                int width, std::uint8_t* out) {
    for (int x = 0; x < width; ++x) {
        out[x] = table[sample_at(row, static_cast<std::size_t>(x), bits, order)];
    }
}

namespace {

GrayImage transposed(const GrayImage& from) {
    GrayImage to = make_image(from.height, from.width, from.dpi);
    constexpr int kTile = 32;  // both images stay in the cache
    for (int top = 0; top < from.height; top += kTile) {
        for (int left = 0; left < from.width; left += kTile) {
            const int bottom = std::min(top + kTile, from.height);
            const int right = std::min(left + kTile, from.width);
            for (int x = left; x < right; ++x) {
                for (int y = top; y < bottom; ++y) to.row(x)[y] = from.row(y)[x];
            }
        }
    }
    return to;
}

void mirror_columns(GrayImage& image) {
    for (int y = 0; y < image.height; ++y) std::reverse(image.row(y), image.row(y) + image.width);
}

void mirror_rows(GrayImage& image) {
    for (int y = 0; y < image.height / 2; ++y) {
        std::swap_ranges(image.row(y), image.row(y) + image.width, image.row(image.height - 1 - y));
    }
}

/// `rows` rows out of the image's own, linearly between pixel centres.
GrayImage with_rows(const GrayImage& from, int rows) {
    GrayImage to = make_image(from.width, rows, from.dpi);
    for (int y = 0; y < rows; ++y) {
        const double at = std::clamp((y + 0.5) * from.height / rows - 0.5, 0.0, from.height - 1.0);
        const int above = static_cast<int>(at);
        const std::uint8_t* a = from.row(above);
        const std::uint8_t* b = from.row(std::min(above + 1, from.height - 1));
        const int share = static_cast<int>((at - above) * 256);
        std::uint8_t* out = to.row(y);
        for (int x = 0; x < from.width; ++x) {
            out[x] = static_cast<std::uint8_t>((a[x] * (256 - share) + b[x] * share + 128) / 256);
        }
    }
    return to;
}

}  // namespace

GrayImage oriented(GrayImage image, int orientation) {
    // 5 to 8 show the stored rows as columns; the rest is mirroring.
    const bool transpose = orientation >= 5 && orientation <= 8;
    const bool columns =
        orientation == 2 || orientation == 3 || orientation == 6 || orientation == 7;
    const bool rows = orientation == 3 || orientation == 4 || orientation == 7 || orientation == 8;
    if (transpose) image = transposed(image);
    if (columns) mirror_columns(image);
    if (rows) mirror_rows(image);
    return image;
}

Result<GrayImage> squared(GrayImage image, double x_dpi, double y_dpi, const std::string& where,
                          const LoadLimits& limits) {
    constexpr double kLeastDpi = 40, kMostDpi = 5000;  // what scanners and fax machines write
    constexpr double kAlike = 1.03;                    // below, registration absorbs the difference
    constexpr double kStrangest = 5;  // the coarsest fax is 204 x 98; beyond, the tag is wrong
    const auto plausible = [](double dpi) { return dpi >= kLeastDpi && dpi <= kMostDpi; };
    if (!plausible(x_dpi)) return image;
    image.dpi = x_dpi;
    if (!plausible(y_dpi)) return image;
    const double ratio = std::max(x_dpi, y_dpi) / std::min(x_dpi, y_dpi);
    if (ratio < kAlike || ratio > kStrangest) return image;

    const bool stretch_rows = y_dpi < x_dpi;
    const double width = stretch_rows ? image.width : image.width * ratio;
    const double height = stretch_rows ? image.height * ratio : image.height;
    const auto fits = check_size(static_cast<std::uint64_t>(width),
                                 static_cast<std::uint64_t>(height), where, limits);
    if (!fits) return fits.error();
    image.dpi = std::max(x_dpi, y_dpi);
    if (stretch_rows) return with_rows(image, static_cast<int>(height));
    return transposed(with_rows(transposed(image), static_cast<int>(width)));
}

RgbImage rgb_over_white(const std::uint8_t* plane, int stride, int width, int height,
                        bool multiplied) {
    RgbImage image;
    image.width = width;
    image.height = height;
    image.pixels.resize(std::size_t(width) * std::size_t(height) * 3);
    std::uint8_t* out = image.pixels.data();
    for (int y = 0; y < height; ++y) {
        const std::uint8_t* p = plane + std::ptrdiff_t(y) * stride;
        for (int x = 0; x < width; ++x, p += 4) {
            const int alpha = p[3];
            for (int channel = 0; channel < 3; ++channel) {
                const int value = p[channel];
                const int inked =
                    multiplied ? value + 255 - alpha : 255 - (255 - value) * alpha / 255;
                *out++ = static_cast<std::uint8_t>(std::clamp(inked, 0, 255));
            }
        }
    }
    return image;
}

}  // namespace verso::scanner

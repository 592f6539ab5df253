// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <array>
#include <cstdint>
#include <string>
#include <vector>

#include "core/util/error.h"
#include "core/util/result.h"
#include "scanner/image/gray_image.h"
#include "scanner/image/image_loader.h"
#include "scanner/image/png_writer.h"

// What the decoders share: limits, sample unpacking, turning, squaring. Pure and thread-safe.

namespace verso::scanner {

/// "name, page N": where of an error.
std::string page_place(const std::string& name, int page);

/// A page whose bytes are damaged or cut short: FormatInvalid, with the cure to scan again.
Error damaged_page(const std::string& where, const std::string& what);

/// A page that is sound but of a kind that is not read: FormatInvalid with its cure.
Error unsupported_page(const std::string& where, const std::string& what);

/// A sound PDF page that is more or less than one picture which we decode: PageNotImage. A tool can
/// draw it.
Error page_not_image(const std::string& where, const std::string& what);

/// LimitExceeded or FormatInvalid unless 1 <= sides <= limit and the pixels are within the limit.
/// Called before anything of the image's size is allocated.
Result<void> check_size(std::uint64_t width, std::uint64_t height, const std::string& where,
                        const LoadLimits& limits);

/// A white image of a size that check_size has passed.
GrayImage make_image(int width, int height, double dpi);

/// ITU-R BT.601 luma, the weights of JPEG's own Y.
constexpr std::uint8_t luma(unsigned r, unsigned g, unsigned b) {
    return static_cast<std::uint8_t>((299 * r + 587 * g + 114 * b + 500) / 1000);
}

/// Ink over white: 255 in each of c, m, y, k is no ink.
std::uint8_t luma_of_clear_cmyk(unsigned c, unsigned m, unsigned y, unsigned k);

/// Gray of each sample value of up to 8 bits; 16-bit samples go by their high byte.
using GrayTable = std::array<std::uint8_t, 256>;

/// Value 0 to black and the largest of `bits` to white, or the other way round.
GrayTable ramp_table(int bits, bool zero_is_white);

enum class ByteOrder { Big, Little };

/// Bytes that a row of `count` samples takes.
constexpr std::size_t row_bytes(std::size_t count, int bits) {
    return (count * static_cast<std::size_t>(bits) + 7) / 8;
}

/// Sample `index` of a packed row, most significant bit first. Requires: bits of 1, 2, 4, 8, 16,
/// of which 16 gives its high byte.
inline std::uint8_t sample_at(const std::uint8_t* row, std::size_t index, int bits,
                              ByteOrder order) {
    if (bits == 8) return row[index];
    if (bits == 16) return row[index * 2 + (order == ByteOrder::Little ? 1 : 0)];
    const std::size_t bit = index * static_cast<std::size_t>(bits);
    const int shift = 8 - bits - static_cast<int>(bit % 8);
    return static_cast<std::uint8_t>((row[bit / 8] >> shift) & ((1 << bits) - 1));
}

/// One row of one-sample pixels to gray.
void unpack_row(const std::uint8_t* row, int bits, ByteOrder order, const GrayTable& table,
                int width, std::uint8_t* out);

/// RGBA over white; `multiplied` says that the colours have been weakened by alpha already.
RgbImage rgb_over_white(const std::uint8_t* plane, int stride, int width, int height,
                        bool multiplied);

/// Turns the stored picture upright. `orientation` is 1 to 8 as in TIFF and EXIF (tag 274: where
/// the first row and column are to be shown); anything else counts as 1.
GrayImage oriented(GrayImage image, int orientation);

/// Square pixels: stretches the coarser axis to the finer (fax: 204 x 98 dpi), linearly, and sets
/// dpi. Resolutions that are absent, absurd or nearly equal leave the pixels alone.
Result<GrayImage> squared(GrayImage image, double x_dpi, double y_dpi, const std::string& where,
                          const LoadLimits& limits);

}  // namespace verso::scanner

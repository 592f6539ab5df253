// SPDX-License-Identifier: Apache-2.0
#include <fmt/format.h>

#include <algorithm>
#include <bit>
#include <functional>
#include <optional>

#include "scanner/image/pixels.h"
#include "scanner/image/tiff_file.h"

namespace verso::scanner {

namespace {

/// What the directory says, with the sizes already checked against the limits.
struct Directory {
    int width = 0, height = 0;
    int bits = 1, samples = 1;
    int photometric = 0;
    bool tiled = false;
    int block_width = 0, block_height = 0;  ///< of a tile, or of a strip
};

constexpr std::array kCompressions{
    COMPRESSION_NONE,      COMPRESSION_CCITTRLE,      COMPRESSION_CCITTFAX3,
    COMPRESSION_CCITTFAX4, COMPRESSION_LZW,           COMPRESSION_JPEG,
    COMPRESSION_PACKBITS,  COMPRESSION_ADOBE_DEFLATE, COMPRESSION_DEFLATE};

/// The kinds that scanners and fax machines write; the rest of libtiff is not opened to strangers.
Result<void> check_kind(const TiffFile& file, const std::string& where) {
    constexpr int kMostSamples = 8;
    const int compression = file.field<std::uint16_t>(TIFFTAG_COMPRESSION, COMPRESSION_NONE);
    if (std::find(kCompressions.begin(), kCompressions.end(), compression) == kCompressions.end() ||
        TIFFIsCODECConfigured(static_cast<std::uint16_t>(compression)) == 0) {
        return unsupported_page(
            where, fmt::format("the TIFF has compression {}, which is not read", compression));
    }
    const int bits = file.field<std::uint16_t>(TIFFTAG_BITSPERSAMPLE, 1);
    const int samples = file.field<std::uint16_t>(TIFFTAG_SAMPLESPERPIXEL, 1);
    const bool known = bits == 1 || bits == 2 || bits == 4 || bits == 8 || bits == 16;
    const int format = file.field<std::uint16_t>(TIFFTAG_SAMPLEFORMAT, SAMPLEFORMAT_UINT);
    const bool integers = format == SAMPLEFORMAT_UINT || format == SAMPLEFORMAT_VOID;
    if (!known || samples < 1 || samples > kMostSamples || !integers) {
        return unsupported_page(where, fmt::format("the TIFF has {} samples of {} bits a pixel, "
                                                   "which is not read",
                                                   samples, bits));
    }
    return {};
}

Result<Directory> read_directory(const TiffFile& file, const std::string& where,
                                 const LoadLimits& limits) {
    const auto kind = check_kind(file, where);
    if (!kind) return kind.error();
    const auto width = file.field<std::uint32_t>(TIFFTAG_IMAGEWIDTH, 0);
    const auto height = file.field<std::uint32_t>(TIFFTAG_IMAGELENGTH, 0);
    const auto fits = check_size(width, height, where, limits);
    if (!fits) return fits.error();

    Directory directory;
    directory.tiled = TIFFIsTiled(file.tiff()) != 0;
    std::uint32_t block_width = width;
    std::uint32_t block_height =
        std::min(file.field<std::uint32_t>(TIFFTAG_ROWSPERSTRIP, height), height);
    if (directory.tiled) {
        block_width = file.field<std::uint32_t>(TIFFTAG_TILEWIDTH, 0);
        block_height = file.field<std::uint32_t>(TIFFTAG_TILELENGTH, 0);
    }
    const auto block_fits = check_size(block_width, block_height, where, limits);
    if (!block_fits) return block_fits.error();
    directory.width = static_cast<int>(width);
    directory.height = static_cast<int>(height);
    directory.block_width = static_cast<int>(block_width);
    directory.block_height = static_cast<int>(block_height);
    directory.bits = file.field<std::uint16_t>(TIFFTAG_BITSPERSAMPLE, 1);
    directory.samples = file.field<std::uint16_t>(TIFFTAG_SAMPLESPERPIXEL, 1);
    directory.photometric = file.field<std::uint16_t>(TIFFTAG_PHOTOMETRIC, PHOTOMETRIC_MINISWHITE);
    return directory;
}

std::optional<GrayTable> palette_table(const TiffFile& file, int bits) {
    std::uint16_t *red = nullptr, *green = nullptr, *blue = nullptr;
    if (bits > 8 || TIFFGetField(file.tiff(), TIFFTAG_COLORMAP, &red, &green, &blue) != 1) {
        return std::nullopt;
    }
    const std::size_t count = std::size_t{1} << bits;
    // Some writers give 8-bit entries where TIFF asks for 16.
    const auto large = [count](const std::uint16_t* map) {
        return std::any_of(map, map + count, [](std::uint16_t v) { return v > 255; });
    };
    const int shift = large(red) || large(green) || large(blue) ? 8 : 0;
    GrayTable table{};
    for (std::size_t i = 0; i < count; ++i) {
        table.at(i) =
            luma(red[i] >> shift & 0xFFu, green[i] >> shift & 0xFFu, blue[i] >> shift & 0xFFu);
    }
    return table;
}

/// Gray of each sample, for pixels of one sample; nothing when libtiff must convert.
std::optional<GrayTable> table_of(const TiffFile& file, const Directory& directory) {
    if (directory.samples != 1) return std::nullopt;
    switch (directory.photometric) {
        case PHOTOMETRIC_MINISWHITE:
            return ramp_table(directory.bits, true);
        case PHOTOMETRIC_MINISBLACK:
            return ramp_table(directory.bits, false);
        case PHOTOMETRIC_PALETTE:
            return palette_table(file, directory.bits);
        default:
            return std::nullopt;
    }
}

/// One tile or strip at (x, y), of which `width` x `height` pixels lie inside the image.
struct Block {
    int x, y, width, height;
};

/// Calls `decode` for each block until one fails or libtiff finds fault: it fills up with white or
/// black where data is missing, which would read as unmarked boxes.
Result<GrayImage> decode_blocks(TiffFile& file, const Directory& directory,
                                const std::string& where,
                                const std::function<bool(const Block&, GrayImage&)>& decode) {
    GrayImage image = make_image(directory.width, directory.height, 0);
    file.forget_words();
    for (int y = 0; y < directory.height; y += directory.block_height) {
        for (int x = 0; x < directory.width; x += directory.block_width) {
            const Block block{x, y, std::min(directory.block_width, directory.width - x),
                              std::min(directory.block_height, directory.height - y)};
            if (decode(block, image) && file.words().empty()) continue;
            return damaged_page(
                where,
                fmt::format("the TIFF is damaged or cut short near row {} ({})", y, file.words()));
        }
    }
    return image;
}

Result<GrayImage> decode_samples(TiffFile& file, const Directory& directory, const GrayTable& table,
                                 const std::string& where) {
    constexpr ByteOrder kNative =
        std::endian::native == std::endian::little ? ByteOrder::Little : ByteOrder::Big;
    const std::size_t stride =
        row_bytes(static_cast<std::size_t>(directory.block_width), directory.bits);
    std::vector<std::uint8_t> raw(stride * static_cast<std::size_t>(directory.block_height));
    return decode_blocks(file, directory, where, [&](const Block& block, GrayImage& image) {
        const int rows = directory.tiled ? directory.block_height : block.height;
        const auto size = static_cast<tmsize_t>(stride) * rows;
        const auto x = static_cast<std::uint32_t>(block.x), y = static_cast<std::uint32_t>(block.y);
        const tmsize_t got =
            directory.tiled
                ? TIFFReadEncodedTile(file.tiff(), TIFFComputeTile(file.tiff(), x, y, 0, 0),
                                      raw.data(), size)
                : TIFFReadEncodedStrip(file.tiff(), TIFFComputeStrip(file.tiff(), y, 0), raw.data(),
                                       size);
        if (got != size) return false;
        for (int row = 0; row < block.height; ++row) {
            unpack_row(raw.data() + stride * static_cast<std::size_t>(row), directory.bits, kNative,
                       table, block.width, image.row(block.y + row) + block.x);
        }
        return true;
    });
}

/// Premultiplied ABGR over white.
std::uint8_t gray_over_white(std::uint32_t abgr) {
    const unsigned gray = luma(TIFFGetR(abgr), TIFFGetG(abgr), TIFFGetB(abgr));
    return static_cast<std::uint8_t>(std::min(255u, gray + 255u - TIFFGetA(abgr)));
}

/// Colour, alpha and the like: through libtiff's own conversion, block by block.
Result<GrayImage> decode_colours(TiffFile& file, const Directory& directory,
                                 const std::string& where) {
    std::array<char, 1024> reason{};
    if (TIFFRGBAImageOK(file.tiff(), reason.data()) == 0) {
        return unsupported_page(
            where, fmt::format("the TIFF is of a kind that is not read ({})", reason.data()));
    }
    // Else the conversion would mirror single strips by itself.
    TIFFSetField(file.tiff(), TIFFTAG_ORIENTATION, ORIENTATION_TOPLEFT);
    std::vector<std::uint32_t> raster(static_cast<std::size_t>(directory.block_width) *
                                      static_cast<std::size_t>(directory.block_height));
    return decode_blocks(file, directory, where, [&](const Block& block, GrayImage& image) {
        const auto x = static_cast<std::uint32_t>(block.x), y = static_cast<std::uint32_t>(block.y);
        const int done = directory.tiled ? TIFFReadRGBATileExt(file.tiff(), x, y, raster.data(), 1)
                                         : TIFFReadRGBAStripExt(file.tiff(), y, raster.data(), 1);
        if (done == 0) return false;
        // The raster starts at its lower left; a tile's is always whole.
        const int rows = directory.tiled ? directory.block_height : block.height;
        for (int row = 0; row < block.height; ++row) {
            const auto from = static_cast<std::size_t>(rows - 1 - row) *
                              static_cast<std::size_t>(directory.block_width);
            std::transform(raster.data() + from, raster.data() + from + block.width,
                           image.row(block.y + row) + block.x, gray_over_white);
        }
        return true;
    });
}

}  // namespace

Result<GrayImage> decode_directory(TiffFile& file, const std::string& where,
                                   const LoadLimits& limits) {
    const auto directory = read_directory(file, where, limits);
    if (!directory) return directory.error();
    const auto table = table_of(file, *directory);
    return table ? decode_samples(file, *directory, *table, where)
                 : decode_colours(file, *directory, where);
}

}  // namespace verso::scanner

// SPDX-License-Identifier: Apache-2.0
#include <fmt/format.h>
#include <png.h>

#include <cstdint>

#include "scanner/image/decoders.h"
#include "scanner/image/pixels.h"

namespace verso::scanner {

namespace {

/// libpng's simplified reader: it keeps its longjmp inside and its words to itself.
struct Reader {
    png_image image{};

    Reader() { image.version = PNG_IMAGE_VERSION; }
    ~Reader() { png_image_free(&image); }
    Reader(const Reader&) = delete;
    Reader& operator=(const Reader&) = delete;
};

std::uint32_t big_endian(std::string_view bytes, std::size_t at) {
    std::uint32_t value = 0;
    for (std::size_t i = 0; i < 4; ++i)
        value = value << 8 | static_cast<std::uint8_t>(bytes.at(at + i));
    return value;
}

struct Density {
    double x_dpi = 0, y_dpi = 0;
};

/// The pHYs chunk (PNG specification, 11.3.5.3), which the simplified reader does not give.
Density find_density(std::string_view bytes) {
    constexpr std::size_t kSignature = 8, kFrame = 12;  // frame: length, type, checksum
    constexpr double kInchPerMetre = 0.0254;
    std::size_t at = kSignature;
    while (at + kFrame <= bytes.size()) {
        const std::size_t size = big_endian(bytes, at);
        const std::string_view type = bytes.substr(at + 4, 4);
        if (type == "IDAT" || size > bytes.size() - at - kFrame) break;
        if (type == "pHYs" && size == 9 && bytes.at(at + 16) == 1) {
            return {big_endian(bytes, at + 8) * kInchPerMetre,
                    big_endian(bytes, at + 12) * kInchPerMetre};
        }
        at += size + kFrame;
    }
    return {};
}

}  // namespace

Result<GrayImage> decode_png(std::string_view bytes, const std::string& where,
                             const LoadLimits& limits) {
    Reader reader;
    if (png_image_begin_read_from_memory(&reader.image, bytes.data(), bytes.size()) == 0) {
        return damaged_page(where,
                            fmt::format("the PNG header is damaged ({})", reader.image.message));
    }
    const auto fits = check_size(reader.image.width, reader.image.height, where, limits);
    if (!fits) return fits.error();
    reader.image.format = PNG_FORMAT_GRAY;
    // Scanners write 16-bit files in the same gamma as 8-bit ones; libpng would take them as
    // linear.
    reader.image.flags |= PNG_IMAGE_FLAG_16BIT_sRGB;
    GrayImage image =
        make_image(static_cast<int>(reader.image.width), static_cast<int>(reader.image.height), 0);
    const png_color white{255, 255, 255};
    if (png_image_finish_read(&reader.image, &white, image.pixels.data(), 0, nullptr) == 0) {
        return damaged_page(
            where, fmt::format("the PNG is damaged or cut short ({})", reader.image.message));
    }
    const Density density = find_density(bytes);
    return squared(std::move(image), density.x_dpi, density.y_dpi, where, limits);
}

Result<StoredPhoto> photo_of_png(std::string_view bytes, const std::string& where,
                                 const LoadLimits& limits) {
    Reader reader;
    if (png_image_begin_read_from_memory(&reader.image, bytes.data(), bytes.size()) == 0) {
        return damaged_page(where, "the PNG header is damaged");
    }
    const auto fits = check_size(reader.image.width, reader.image.height, where, limits);
    if (!fits) return fits.error();
    reader.image.format = PNG_FORMAT_RGB;
    StoredPhoto photo;
    photo.image.width = static_cast<int>(reader.image.width);
    photo.image.height = static_cast<int>(reader.image.height);
    photo.image.pixels.resize(PNG_IMAGE_SIZE(reader.image));
    const png_color white{255, 255, 255};
    if (png_image_finish_read(&reader.image, &white, photo.image.pixels.data(), 0, nullptr) == 0) {
        return damaged_page(where, "the PNG is damaged or cut short");
    }
    return photo;
}

}  // namespace verso::scanner

// SPDX-License-Identifier: Apache-2.0
#include "scanner/image/png_writer.h"

#include <png.h>

#include <cmath>
#include <cstdio>
#include <cstdlib>
#include <cstring>
#include <filesystem>
#include <memory>

namespace verso::scanner {

namespace {

struct Picture {
    int width, height, channels;
    const std::uint8_t* pixels;
    double dpi;
};

Error unwritable(const std::string& path, const std::string& why) {
    return {ErrorCode::FileUnwritable, "the picture cannot be written: " + why, path,
            "check that the folder exists and has room"};
}

/// The part that libpng may leave by longjmp: no object with a destructor lives in it.
bool write_rows(std::FILE* file, png_structp png, png_infop info, const Picture& picture) {
    constexpr int kFastButSmall =
        3;  // zlib level: debug pictures should not cost more than reading
    if (setjmp(png_jmpbuf(png)) != 0) return false;
    png_init_io(png, file);
    png_set_IHDR(png, info, png_uint_32(picture.width), png_uint_32(picture.height), 8,
                 picture.channels == 1 ? PNG_COLOR_TYPE_GRAY : PNG_COLOR_TYPE_RGB,
                 PNG_INTERLACE_NONE, PNG_COMPRESSION_TYPE_DEFAULT, PNG_FILTER_TYPE_DEFAULT);
    png_set_compression_level(png, kFastButSmall);
    if (picture.dpi > 0) {
        const auto per_metre = png_uint_32(std::lround(picture.dpi / 0.0254));
        png_set_pHYs(png, info, per_metre, per_metre, PNG_RESOLUTION_METER);
    }
    png_write_info(png, info);
    const std::size_t stride = std::size_t(picture.width) * std::size_t(picture.channels);
    for (int y = 0; y < picture.height; ++y) {
        png_write_row(png, picture.pixels + std::size_t(y) * stride);
    }
    png_write_end(png, info);
    return true;
}

bool write_file(std::FILE* file, const Picture& picture) {
    png_structp png = png_create_write_struct(PNG_LIBPNG_VER_STRING, nullptr, nullptr, nullptr);
    if (png == nullptr) return false;
    png_infop info = png_create_info_struct(png);
    const bool written = info != nullptr && write_rows(file, png, info, picture);
    png_destroy_write_struct(&png, &info);
    return written;
}

Result<void> write_picture(const Picture& picture, const std::string& path) {
    if (picture.width <= 0 || picture.height <= 0 || picture.pixels == nullptr) {
        return Error{ErrorCode::ValueInvalid, "an empty picture cannot be written", path, ""};
    }
    const std::string unfinished = path + ".part";
    std::FILE* file = std::fopen(unfinished.c_str(), "wb");
    if (file == nullptr) return unwritable(path, std::strerror(errno));
    const bool written = write_file(file, picture);
    const bool closed = std::fclose(file) == 0;
    std::error_code failed;
    if (written && closed) {
        std::filesystem::rename(unfinished, path, failed);
        if (!failed) return {};
    }
    std::error_code ignored;
    std::filesystem::remove(unfinished, ignored);
    return unwritable(path, failed ? failed.message() : "the disk took only a part of it");
}

Result<std::string> bytes_of_picture(const Picture& picture) {
    const Error failed{ErrorCode::Internal, "the picture cannot be made", "", ""};
    if (picture.width <= 0 || picture.height <= 0 || picture.pixels == nullptr) return failed;
    char* bytes = nullptr;
    std::size_t size = 0;
    std::FILE* file = ::open_memstream(&bytes, &size);
    if (file == nullptr) return failed;
    const bool written = write_file(file, picture);
    const bool closed = std::fclose(file) == 0;
    const std::unique_ptr<char, void (*)(void*)> owner(bytes, std::free);
    if (!written || !closed) return failed;
    return std::string(bytes, size);
}

}  // namespace

Result<std::string> png_bytes(const GrayImage& image) {
    return bytes_of_picture({image.width, image.height, 1, image.pixels.data(), image.dpi});
}

Result<std::string> png_bytes(const RgbImage& image) {
    return bytes_of_picture({image.width, image.height, 3, image.pixels.data(), 0});
}

Result<void> write_png(const GrayImage& image, const std::string& path) {
    return write_picture({image.width, image.height, 1, image.pixels.data(), image.dpi}, path);
}

Result<void> write_png(const RgbImage& image, const std::string& path) {
    return write_picture({image.width, image.height, 3, image.pixels.data(), 0}, path);
}

}  // namespace verso::scanner

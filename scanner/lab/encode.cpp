// SPDX-License-Identifier: Apache-2.0
#include "scanner/lab/encode.h"

#include <tiffio.h>
#include <turbojpeg.h>

#include <algorithm>
#include <cstring>
#include <memory>

namespace verso::scanner::lab {

namespace {

/// A growing file in memory, for libtiff.
struct MemoryFile {
    std::string bytes;
    std::size_t at = 0;
};

MemoryFile& file_of(thandle_t handle) { return *static_cast<MemoryFile*>(handle); }

tmsize_t read_some(thandle_t handle, void* out, tmsize_t size) {
    MemoryFile& file = file_of(handle);
    const std::size_t there = file.at < file.bytes.size() ? file.bytes.size() - file.at : 0;
    const std::size_t count = std::min(there, static_cast<std::size_t>(size));
    std::memcpy(out, file.bytes.data() + file.at, count);
    file.at += count;
    return static_cast<tmsize_t>(count);
}

tmsize_t write_some(thandle_t handle, void* data, tmsize_t size) {
    MemoryFile& file = file_of(handle);
    const auto count = static_cast<std::size_t>(size);
    if (file.bytes.size() < file.at + count) file.bytes.resize(file.at + count);
    std::memcpy(file.bytes.data() + file.at, data, count);
    file.at += count;
    return size;
}

toff_t seek_to(thandle_t handle, toff_t offset, int whence) {
    MemoryFile& file = file_of(handle);
    const std::size_t base = whence == SEEK_SET   ? 0
                             : whence == SEEK_CUR ? file.at
                                                  : file.bytes.size();
    file.at = base + offset;
    return file.at;
}

int close_nothing(thandle_t) { return 0; }
toff_t size_of(thandle_t handle) { return file_of(handle).bytes.size(); }

bool write_page(TIFF* tiff, const GrayImage& page) {
    TIFFSetField(tiff, TIFFTAG_IMAGEWIDTH, static_cast<std::uint32_t>(page.width));
    TIFFSetField(tiff, TIFFTAG_IMAGELENGTH, static_cast<std::uint32_t>(page.height));
    TIFFSetField(tiff, TIFFTAG_BITSPERSAMPLE, 1);
    TIFFSetField(tiff, TIFFTAG_SAMPLESPERPIXEL, 1);
    TIFFSetField(tiff, TIFFTAG_ROWSPERSTRIP, static_cast<std::uint32_t>(page.height));
    TIFFSetField(tiff, TIFFTAG_COMPRESSION, COMPRESSION_CCITTFAX4);
    TIFFSetField(tiff, TIFFTAG_PHOTOMETRIC, PHOTOMETRIC_MINISWHITE);
    if (page.dpi > 0) {
        TIFFSetField(tiff, TIFFTAG_XRESOLUTION, page.dpi);
        TIFFSetField(tiff, TIFFTAG_YRESOLUTION, page.dpi);
    }
    std::string row(static_cast<std::size_t>(page.width + 7) / 8, '\0');
    for (int y = 0; y < page.height; ++y) {
        std::fill(row.begin(), row.end(), '\0');
        for (int x = 0; x < page.width; ++x) {
            if (page.row(y)[x] < 128)
                row[static_cast<std::size_t>(x / 8)] |= static_cast<char>(0x80 >> x % 8);
        }
        if (TIFFWriteScanline(tiff, row.data(), static_cast<std::uint32_t>(y), 0) != 1)
            return false;
    }
    return TIFFWriteDirectory(tiff) == 1;
}

/// TurboJPEG writes a JFIF head with a ratio of 1:1; the density follows at fixed places.
void set_density(std::string& jpeg, double dpi) {
    constexpr std::size_t kUnit = 13, kX = 14, kY = 16;
    if (dpi <= 0 || jpeg.size() < 20 || jpeg.compare(6, 4, "JFIF") != 0) return;
    const int whole = static_cast<int>(dpi + 0.5);
    jpeg[kUnit] = 1;
    for (std::size_t at : {kX, kY}) {
        jpeg[at] = static_cast<char>(whole >> 8);
        jpeg[at + 1] = static_cast<char>(whole & 255);
    }
}

}  // namespace

std::string encode_jpeg(const GrayImage& image, int quality) {
    const std::unique_ptr<void, int (*)(void*)> encoder(tjInitCompress(), tjDestroy);
    if (!encoder || image.empty()) return {};
    unsigned char* bytes = nullptr;
    unsigned long size = 0;
    const int rc =
        tjCompress2(encoder.get(), image.pixels.data(), image.width, 0, image.height, TJPF_GRAY,
                    &bytes, &size, TJSAMP_GRAY, std::clamp(quality, 1, 100), 0);
    std::string jpeg;
    if (rc == 0) jpeg.assign(reinterpret_cast<const char*>(bytes), size);
    tjFree(bytes);
    set_density(jpeg, image.dpi);
    return jpeg;
}

std::string encode_tiff_g4(std::span<const GrayImage> pages) {
    MemoryFile file;
    TIFF* tiff = TIFFClientOpen("lab", "w", &file, read_some, write_some, seek_to, close_nothing,
                                size_of, nullptr, nullptr);
    if (tiff == nullptr) return {};
    const bool done = std::all_of(pages.begin(), pages.end(), [&](const GrayImage& page) {
        return !page.empty() && write_page(tiff, page);
    });
    TIFFClose(tiff);
    return done ? std::move(file.bytes) : std::string();
}

}  // namespace verso::scanner::lab

// SPDX-License-Identifier: Apache-2.0
#include "scanner/image/jpeg_header.h"

#include <cstddef>
#include <cstdint>
#include <optional>

namespace verso::scanner {

namespace {

/// Reads numbers at offsets; nothing when they lie beyond the end.
struct ByteView {
    std::string_view bytes;
    bool little = false;

    std::optional<std::uint32_t> number(std::size_t at, std::size_t size) const {
        if (at > bytes.size() || bytes.size() - at < size) return std::nullopt;
        std::uint32_t value = 0;
        for (std::size_t i = 0; i < size; ++i) {
            const std::size_t from = little ? at + size - 1 - i : at + i;
            value = value << 8 | static_cast<std::uint8_t>(bytes[from]);
        }
        return value;
    }
    std::uint32_t u16(std::size_t at) const { return number(at, 2).value_or(0); }
    std::uint32_t u32(std::size_t at) const { return number(at, 4).value_or(0); }
};

constexpr double kCmPerInch = 2.54;

void read_jfif(std::string_view segment, JpegHeader& header) {
    const ByteView view{segment};
    const auto unit = view.number(7, 1).value_or(0);
    const double density = view.u16(8);
    if (unit == 1) header.dpi = density;
    if (unit == 2) header.dpi = density * kCmPerInch;
}

void read_exif(std::string_view tiff, JpegHeader& header) {
    const ByteView view{tiff, tiff.substr(0, 2) == "II"};
    if (view.u16(2) != 42) return;
    const std::size_t directory = view.u32(4);
    const std::uint32_t entries = view.u16(directory);
    double resolution = 0, unit = 1;
    for (std::uint32_t i = 0; i < entries; ++i) {
        const std::size_t entry = directory + 2 + i * 12;
        if (!view.number(entry, 4)) return;
        const std::uint32_t tag = view.u16(entry);
        if (tag == 274) {
            const std::uint32_t value = view.u16(entry + 8);
            if (value >= 1 && value <= 8) header.orientation = static_cast<int>(value);
        } else if (tag == 282) {
            const std::size_t at = view.u32(entry + 8);
            const double below = view.u32(at + 4);
            if (below > 0) resolution = view.u32(at) / below;
        } else if (tag == 296 && view.u16(entry + 8) == 3) {
            unit = kCmPerInch;
        }
    }
    if (header.dpi == 0) header.dpi = resolution * unit;
}

void read_segment(int marker, std::string_view segment, JpegHeader& header) {
    constexpr std::string_view kExif("Exif\0\0", 6);
    if (marker == 0xE0 && segment.substr(0, 4) == "JFIF") read_jfif(segment, header);
    if (marker == 0xE1 && segment.substr(0, 6) == kExif) read_exif(segment.substr(6), header);
    if (marker == 0xEE && segment.substr(0, 5) == "Adobe") header.adobe = true;
    if (marker == 0xC2 || marker == 0xCA) header.progressive = true;
}

}  // namespace

JpegHeader parse_jpeg_header(std::string_view bytes) {
    constexpr int kStartOfScan = 0xDA;
    JpegHeader header;
    const ByteView view{bytes};
    std::size_t at = 2;  // behind the start-of-image marker
    while (view.number(at, 4) && view.number(at, 1) == 0xFFu) {
        const int marker = static_cast<int>(*view.number(at + 1, 1));
        if (marker == 0xFF) {  // a fill byte
            ++at;
            continue;
        }
        if (marker == kStartOfScan) break;
        const std::size_t size = view.u16(at + 2);
        if (size < 2 || bytes.size() - at - 2 < size) break;
        read_segment(marker, bytes.substr(at + 4, size - 2), header);
        at += 2 + size;
    }
    return header;
}

}  // namespace verso::scanner

// SPDX-License-Identifier: Apache-2.0
#include "scanner/image/jpeg_header.h"

#include "scanner/image/byte_view.h"
#include "scanner/image/exif.h"

namespace verso::scanner {

namespace {

constexpr double kCmPerInch = 2.54;

void read_jfif(std::string_view segment, JpegHeader& header) {
    const ByteView view{segment};
    const auto unit = view.number(7, 1).value_or(0);
    const double density = view.u16(8);
    if (unit == 1) header.dpi = density;
    if (unit == 2) header.dpi = density * kCmPerInch;
}

void read_segment(int marker, std::string_view segment, JpegHeader& header) {
    constexpr std::string_view kExif("Exif\0\0", 6);
    if (marker == 0xE0 && segment.substr(0, 4) == "JFIF") read_jfif(segment, header);
    if (marker == 0xE1 && segment.substr(0, 6) == kExif) {
        const ExifTags exif = parse_exif(segment.substr(6));
        if (exif.orientation != 1) header.orientation = exif.orientation;
        if (header.dpi == 0) header.dpi = exif.dpi;
    }
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

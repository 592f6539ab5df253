// SPDX-License-Identifier: Apache-2.0
#include "scanner/image/exif.h"

#include "scanner/image/byte_view.h"

namespace verso::scanner {

ExifTags parse_exif(std::string_view tiff) {
    constexpr double kCmPerInch = 2.54;
    ExifTags tags;
    const ByteView view{tiff, tiff.substr(0, 2) == "II"};
    if (view.u16(2) != 42) return tags;
    const std::size_t directory = view.u32(4);
    const std::uint32_t entries = view.u16(directory);
    double resolution = 0, unit = 1;
    for (std::uint32_t i = 0; i < entries; ++i) {
        const std::size_t entry = directory + 2 + i * 12;
        if (!view.number(entry, 4)) break;
        const std::uint32_t tag = view.u16(entry);
        if (tag == 274) {
            const std::uint32_t value = view.u16(entry + 8);
            if (value >= 1 && value <= 8) tags.orientation = static_cast<int>(value);
        } else if (tag == 282) {
            const std::size_t at = view.u32(entry + 8);
            const double below = view.u32(at + 4);
            if (below > 0) resolution = view.u32(at) / below;
        } else if (tag == 296 && view.u16(entry + 8) == 3) {
            unit = kCmPerInch;
        }
    }
    tags.dpi = resolution * unit;
    return tags;
}

}  // namespace verso::scanner

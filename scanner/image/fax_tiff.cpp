// SPDX-License-Identifier: Apache-2.0
#include "scanner/image/fax_tiff.h"

#include <array>
#include <cstdint>

#include "scanner/image/decoders.h"
#include "scanner/image/pixels.h"

namespace verso::scanner {

namespace {

void append(std::string& out, std::uint32_t value, int bytes) {
    for (int i = 0; i < bytes; ++i) out += static_cast<char>(value >> (8 * i) & 0xFF);
}

struct Entry {
    std::uint32_t tag, value;
};

/// Group 3 without end-of-line codes is TIFF's compression 2, which aligns rows to bytes.
std::uint32_t compression_of(const FaxCoding& coding) {
    if (coding.k < 0) return 4;
    return coding.k == 0 && coding.byte_aligned ? 2 : 3;
}

}  // namespace

Result<GrayImage> decode_fax_data(std::string_view bytes, const FaxCoding& coding,
                                  const std::string& where, const LoadLimits& limits) {
    if (coding.k < 0 && coding.byte_aligned) {
        return page_not_image(where, "the fax image inside has rows aligned to bytes");
    }
    constexpr std::uint32_t kEntries = 9, kLong = 4;
    constexpr std::uint32_t kDataAt = 8 + 2 + kEntries * 12 + 4;
    const std::array<Entry, kEntries> entries{{{256, static_cast<std::uint32_t>(coding.columns)},
                                               {257, static_cast<std::uint32_t>(coding.rows)},
                                               {258, 1},
                                               {259, compression_of(coding)},
                                               {262, 0},  // white is zero
                                               {273, kDataAt},
                                               {278, static_cast<std::uint32_t>(coding.rows)},
                                               {279, static_cast<std::uint32_t>(bytes.size())},
                                               {292, coding.k > 0 ? 1u : 0u}}};
    std::string tiff("II*\0", 4);
    append(tiff, 8, 4);
    append(tiff, kEntries, 2);
    for (const Entry& entry : entries) {
        append(tiff, entry.tag, 2);
        append(tiff, kLong, 2);
        append(tiff, 1, 4);
        append(tiff, entry.value, 4);
    }
    append(tiff, 0, 4);
    tiff += bytes;
    return decode_tiff_raw(tiff, where, limits);
}

}  // namespace verso::scanner

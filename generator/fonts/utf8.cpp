// SPDX-License-Identifier: Apache-2.0
#include "generator/fonts/utf8.h"

namespace verso::generator {
namespace {

constexpr Utf8Step kInvalid{0xFFFD, 1, false};

// Smallest value that needs as many bytes: anything below is an overlong form.
constexpr char32_t kSmallest[5] = {0, 0, 0x80, 0x800, 0x10000};

int length_of(unsigned char first) {
    if (first >= 0xC2 && first < 0xE0) return 2;
    if (first >= 0xE0 && first < 0xF0) return 3;
    if (first >= 0xF0 && first < 0xF5) return 4;
    return 0;
}

}  // namespace

Utf8Step utf8_long_step(std::string_view text, std::size_t at) {
    const auto first = static_cast<unsigned char>(text[at]);
    const int length = length_of(first);
    if (length == 0 || at + static_cast<std::size_t>(length) > text.size()) return kInvalid;
    char32_t value = first & (0x7Fu >> length);
    for (int i = 1; i < length; ++i) {
        const auto byte = static_cast<unsigned char>(text[at + static_cast<std::size_t>(i)]);
        if ((byte & 0xC0) != 0x80) return kInvalid;
        value = value << 6 | (byte & 0x3Fu);
    }
    const bool surrogate = value >= 0xD800 && value <= 0xDFFF;
    if (value < kSmallest[length] || value > 0x10FFFF || surrogate) return kInvalid;
    return {value, static_cast<std::uint8_t>(length), true};
}

}  // namespace verso::generator

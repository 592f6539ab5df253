// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <string_view>

namespace verso::generator {

/// One step of reading UTF-8: the character and how many bytes it takes. `valid` is false for a
/// byte that begins no well-formed character (overlong, surrogate, cut short); then length is 1.
struct Utf8Step {
    char32_t character = 0;
    std::uint8_t length = 1;
    bool valid = true;
};

/// Reads a character of more than one byte at `at`; see utf8_step.
Utf8Step utf8_long_step(std::string_view text, std::size_t at);

/// Reads the character that begins at byte `at`. Requires: at < text.size(). Never reads past the
/// end.
inline Utf8Step utf8_step(std::string_view text, std::size_t at) {
    const auto first = static_cast<unsigned char>(text[at]);
    if (first < 0x80) return {first, 1, true};
    return utf8_long_step(text, at);
}

}  // namespace verso::generator

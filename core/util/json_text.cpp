// SPDX-License-Identifier: Apache-2.0
#include "core/util/json_text.h"

namespace verso {

namespace {

/// How many bytes at the beginning are one character of UTF-8 (RFC 3629, section 4); 0 when none.
std::size_t character_size(std::string_view text) {
    const auto byte = [&](std::size_t i) {
        return i < text.size() ? static_cast<unsigned char>(text[i]) : 0U;
    };
    const auto tail = [&](std::size_t i) { return (byte(i) & 0xC0U) == 0x80U; };
    const unsigned first = byte(0), second = byte(1);
    if (first < 0x80) return 1;
    if (first >= 0xC2 && first <= 0xDF) return tail(1) ? 2 : 0;
    if (first >= 0xE0 && first <= 0xEF) {
        const bool too_short = first == 0xE0 && second < 0xA0,
                   surrogate = first == 0xED && second > 0x9F;
        return tail(1) && tail(2) && !too_short && !surrogate ? 3 : 0;
    }
    if (first >= 0xF0 && first <= 0xF4) {
        const bool too_short = first == 0xF0 && second < 0x90,
                   too_high = first == 0xF4 && second > 0x8F;
        return tail(1) && tail(2) && tail(3) && !too_short && !too_high ? 4 : 0;
    }
    return 0;
}

void append_escape(std::string& to, char c) {
    constexpr char kDigits[] = "0123456789abcdef";
    const auto byte = static_cast<unsigned char>(c);
    to += "\\u00";
    to += kDigits[byte >> 4U];
    to += kDigits[byte & 15U];
}

}  // namespace

void append_json_text(std::string& to, std::string_view text) {
    to += '"';
    while (!text.empty()) {
        const char c = text.front();
        const std::size_t size = character_size(text);
        if (size == 0) {
            to += "\xEF\xBF\xBD";
        } else if (c == '"' || c == '\\') {
            to += '\\';
            to += c;
        } else if (static_cast<unsigned char>(c) < 0x20) {
            append_escape(to, c);
        } else {
            to.append(text.substr(0, size));
        }
        text.remove_prefix(size == 0 ? 1 : size);
    }
    to += '"';
}

}  // namespace verso

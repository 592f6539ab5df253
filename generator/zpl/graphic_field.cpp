// SPDX-License-Identifier: Apache-2.0
#include "generator/zpl/graphic_field.h"

#include <fmt/format.h>

#include <algorithm>

namespace verso::generator {

namespace {

/// "G" is once, "Y" 19 times, "g" 20 times, "z" 400 times; letters add up.
void append_repeated(std::string& out, char digit, int count) {
    if (count == 1) {
        out += digit;
        return;
    }
    for (; count >= 400; count -= 400) out += 'z';
    if (count >= 20) out += static_cast<char>('f' + count / 20);
    if (count % 20 != 0) out += static_cast<char>('F' + count % 20);
    out += digit;
}

void append_row(std::string& out, const std::string& digits) {
    for (std::size_t at = 0; at < digits.size();) {
        const char digit = digits[at];
        const std::size_t end = std::min(digits.find_first_not_of(digit, at), digits.size());
        if (end == digits.size() && digit == '0') {
            out += ',';
            return;
        }
        append_repeated(out, digit, static_cast<int>(end - at));
        at = end;
    }
}

std::string hexadecimal(const std::uint8_t* bytes, std::size_t count) {
    constexpr char kDigits[] = "0123456789ABCDEF";
    std::string digits;
    digits.reserve(count * 2);
    for (std::size_t i = 0; i < count; ++i) {
        digits += kDigits[bytes[i] >> 4];
        digits += kDigits[bytes[i] & 15];
    }
    return digits;
}

}  // namespace

std::string graphic_field(const DotBitmap& bitmap) {
    const std::size_t total = bitmap.stride() * std::size_t(bitmap.height());
    std::string out = fmt::format("^GFA,{0},{0},{1},", total, bitmap.stride());
    for (int y = 0; y < bitmap.height(); ++y) {
        const std::uint8_t* row = bitmap.row(y);
        if (y > 0 && std::equal(row, row + bitmap.stride(), bitmap.row(y - 1))) {
            out += ':';
        } else {
            append_row(out, hexadecimal(row, bitmap.stride()));
        }
    }
    return out;
}

}  // namespace verso::generator

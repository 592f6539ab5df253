// SPDX-License-Identifier: Apache-2.0
#include "core/domain/crockford.h"

#include <array>
#include <cassert>

namespace verso::crockford {

namespace {

constexpr std::string_view kDigits = "0123456789ABCDEFGHJKMNPQRSTVWXYZ";
constexpr unsigned kField = 0b100101;  // x^5 + x^2 + 1, primitive over GF(2)

constexpr std::array<short, 256> make_values() {
    std::array<short, 256> values{};
    for (auto& v : values) v = -1;
    for (std::size_t i = 0; i < kDigits.size(); ++i) {
        const char c = kDigits[i];
        values[static_cast<unsigned char>(c)] = static_cast<short>(i);
        if (c >= 'A') values[static_cast<unsigned char>(c - 'A' + 'a')] = static_cast<short>(i);
    }
    for (char c : {'O', 'o'}) values[static_cast<unsigned char>(c)] = 0;
    for (char c : {'I', 'i', 'L', 'l'}) values[static_cast<unsigned char>(c)] = 1;
    return values;
}

constexpr auto kValues = make_values();

constexpr unsigned times(unsigned a, unsigned b) {
    unsigned product = 0;
    for (; b != 0; b >>= 1) {
        if (b & 1) product ^= a;
        a <<= 1;
        if (a & 32) a ^= kField;
    }
    return product;
}

}  // namespace

char digit(unsigned value) {
    assert(value < 32);
    return kDigits[value & 31];
}

std::optional<unsigned> value(char digit) {
    const int v = kValues[static_cast<unsigned char>(digit)];
    if (v < 0) return std::nullopt;
    return static_cast<unsigned>(v);
}

std::string encode(std::uint64_t number, unsigned digits) {
    assert(digits <= 12 && (number >> (5 * digits)) == 0);
    std::string out(digits, '0');
    for (unsigned i = digits; i-- > 0; number >>= 5) out[i] = digit(unsigned(number & 31));
    return out;
}

std::optional<std::uint64_t> decode(std::string_view text) {
    if (text.empty() || text.size() > 12) return std::nullopt;
    std::uint64_t number = 0;
    for (char c : text) {
        const auto v = value(c);
        if (!v) return std::nullopt;
        number = number << 5 | *v;
    }
    return number;
}

std::optional<std::string> normalise(std::string_view typed) {
    std::string out;
    for (char c : typed) {
        if (c == '-' || c == ' ') continue;
        const auto v = value(c);
        if (!v) return std::nullopt;
        out += digit(*v);
    }
    return out;
}

char check_digit(std::string_view digits) {
    assert(digits.size() <= 30);
    unsigned weight = 1, sum = 0;
    for (char c : digits) {
        weight = times(weight, 2);
        sum ^= times(weight, value(c).value_or(0));
    }
    return digit(sum);
}

}  // namespace verso::crockford

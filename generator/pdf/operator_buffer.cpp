// SPDX-License-Identifier: Apache-2.0
#include "generator/pdf/operator_buffer.h"

#include <algorithm>
#include <array>
#include <cmath>
#include <cstdint>

namespace verso::generator {
namespace {

constexpr std::size_t kLongestNumber = 32;

// Beyond what any page needs, and safe to round to a long.
constexpr double kLargest = 1e12;

constexpr std::array<long, 7> kPowersOfTen{1, 10, 100, 1000, 10000, 100000, 1000000};

// Writes the digits before `end` and gives where they begin.
char* digits_before(char* end, unsigned long value) {
    do {
        *--end = static_cast<char>('0' + value % 10);
        value /= 10;
    } while (value != 0);
    return end;
}

unsigned long magnitude(long value) {
    return value < 0 ? 0UL - static_cast<unsigned long>(value) : static_cast<unsigned long>(value);
}

// "0 " to "999 ": nearly all numbers of a page, each padded to four bytes.
constexpr long kSmallNumbers = 1000;
struct SmallNumber {
    char text[4];
    std::uint8_t length;
};
constexpr std::array<SmallNumber, kSmallNumbers> kSmall = [] {
    std::array<SmallNumber, kSmallNumbers> table{};
    for (long value = 0; value < kSmallNumbers; ++value) {
        SmallNumber& number = table[static_cast<std::size_t>(value)];
        std::uint8_t length = 0;
        if (value >= 100) number.text[length++] = static_cast<char>('0' + value / 100);
        if (value >= 10) number.text[length++] = static_cast<char>('0' + value / 10 % 10);
        number.text[length++] = static_cast<char>('0' + value % 10);
        number.text[length++] = ' ';
        number.length = length;
    }
    return table;
}();

}  // namespace

void OperatorBuffer::grow(std::size_t length) {
    const std::size_t capacity = std::max<std::size_t>(2 * capacity_, size_ + length + 4096);
    auto larger = std::make_unique<char[]>(capacity);
    if (size_ != 0) std::memcpy(larger.get(), data_.get(), size_);
    data_ = std::move(larger);
    capacity_ = capacity;
}

void OperatorBuffer::integer(long value) {
    if (value >= 0 && value < kSmallNumbers) {
        const SmallNumber& small = kSmall[static_cast<std::size_t>(value)];
        std::memcpy(room(sizeof small.text), small.text, sizeof small.text);
        return commit(small.length);
    }
    char digits[kLongestNumber];
    char* const end = digits + kLongestNumber;
    char* begin = digits_before(end, magnitude(value));
    if (value < 0) *--begin = '-';
    const auto length = static_cast<std::size_t>(end - begin);
    char* out = room(length + 1);
    std::memcpy(out, begin, length);
    out[length] = ' ';
    commit(length + 1);
}

void OperatorBuffer::scaled(long value, int decimals) {
    while (decimals > 0 && value % 10 == 0) {
        value /= 10;
        --decimals;
    }
    if (decimals == 0) return integer(value);
    char digits[kLongestNumber];
    char* const end = digits + kLongestNumber;
    const auto power =
        static_cast<unsigned long>(kPowersOfTen.at(static_cast<std::size_t>(decimals)));
    char* begin = digits_before(end, magnitude(value) % power);
    while (end - begin < decimals) *--begin = '0';
    *--begin = '.';
    if (magnitude(value) >= power) begin = digits_before(begin, magnitude(value) / power);
    if (value < 0) *--begin = '-';
    const auto length = static_cast<std::size_t>(end - begin);
    char* out = room(length + 1);
    std::memcpy(out, begin, length);
    out[length] = ' ';
    commit(length + 1);
}

void OperatorBuffer::real(double value, int decimals) {
    const double factor = static_cast<double>(kPowersOfTen.at(static_cast<std::size_t>(decimals)));
    const double clamped =
        std::isfinite(value) ? std::clamp(value * factor, -kLargest, kLargest) : 0;
    scaled(std::lround(clamped), decimals);
}

}  // namespace verso::generator

// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

namespace verso::crockford {

/// The digit of a 5-bit value, "0123456789ABCDEFGHJKMNPQRSTVWXYZ" (Douglas Crockford, Base 32).
char digit(unsigned value);
/// The value of a digit, lower case and the look-alikes O, I and L accepted; nothing for others.
std::optional<unsigned> value(char digit);

/// `digits` digits, most significant first. Requires: number < 32^digits, digits <= 12.
std::string encode(std::uint64_t number, unsigned digits);
/// The number written by up to 12 digits; nothing when a character is not a digit.
std::optional<std::uint64_t> decode(std::string_view text);
/// Upper case, look-alikes replaced, hyphens and spaces removed: what a person typed, as we write
/// it. Nothing when another character is in it.
std::optional<std::string> normalise(std::string_view typed);

/// One check digit over up to 30 digits: the sum over GF(32) (x^5 + x^2 + 1) of digit i times a^i,
/// i from 1. Weights are distinct and not zero, so every single wrong digit and every swap of two
/// digits, neighbours or not, changes it. Requires: all are digits.
char check_digit(std::string_view digits);

}  // namespace verso::crockford

// SPDX-License-Identifier: Apache-2.0
#include "core/domain/crockford.h"

#include <gtest/gtest.h>

#include <random>
#include <set>

namespace verso::crockford {
namespace {

constexpr std::string_view kId = "4K7M2Q9XW3HT";

TEST(Crockford, NumbersRoundTrip) {
    EXPECT_EQ(encode(0, 3), "000");
    EXPECT_EQ(encode(32 * 32 - 1, 2), "ZZ");
    EXPECT_EQ(encode(*decode(kId), 12), kId);
}

TEST(Crockford, ReadsWhatPeopleType) {
    EXPECT_EQ(normalise("4k7m-2q9x w3ht"), kId);
    EXPECT_EQ(normalise("oO-iIlL"), "001111");
    EXPECT_FALSE(normalise("4K7U").has_value());
    EXPECT_FALSE(normalise("é").has_value());
}

TEST(Crockford, RefusesWhatIsNoNumber) {
    EXPECT_FALSE(decode("").has_value());
    EXPECT_FALSE(decode("0123456789012").has_value());
    EXPECT_FALSE(decode("12*").has_value());
}

TEST(Crockford, CheckDigitSeesEverySingleWrongDigit) {
    for (std::size_t at = 0; at < kId.size(); ++at) {
        std::set<char> checks;
        for (unsigned v = 0; v < 32; ++v) {
            std::string digits(kId);
            digits[at] = digit(v);
            checks.insert(check_digit(digits));
        }
        EXPECT_EQ(checks.size(), 32u) << "position " << at;
    }
}

TEST(Crockford, CheckDigitSeesEverySwap) {
    const unsigned seed = 7;
    SCOPED_TRACE(seed);
    std::mt19937 random(seed);
    for (int round = 0; round < 200; ++round) {
        std::string digits;
        for (int i = 0; i < 12; ++i) digits += digit(random() % 32);
        for (std::size_t a = 0; a < digits.size(); ++a) {
            for (std::size_t b = a + 1; b < digits.size(); ++b) {
                std::string swapped = digits;
                std::swap(swapped[a], swapped[b]);
                if (swapped == digits) continue;
                EXPECT_NE(check_digit(swapped), check_digit(digits)) << digits << " " << swapped;
            }
        }
    }
}

TEST(Crockford, CheckDigitIsFrozen) {
    // Cards that were mailed carry it: this value may never change.
    EXPECT_EQ(check_digit(kId), 'F');
}

}  // namespace
}  // namespace verso::crockford

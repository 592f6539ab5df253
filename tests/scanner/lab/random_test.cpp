// SPDX-License-Identifier: Apache-2.0
#include "scanner/lab/random.h"

#include <gtest/gtest.h>

namespace verso::scanner::lab {
namespace {

TEST(Rng, IsSplitMix64) {
    Rng rng(1234567);  // the published test sequence
    EXPECT_EQ(rng.bits(), 6457827717110365317ull);
    EXPECT_EQ(rng.bits(), 3203168211198807973ull);
}

TEST(Rng, DrawsWithinItsRanges) {
    Rng rng(7);
    double sum = 0, squares = 0;
    constexpr int kDraws = 20'000;
    for (int i = 0; i < kDraws; ++i) {
        const double value = rng.in(2, 3);
        EXPECT_TRUE(value >= 2 && value < 3);
        const int index = rng.below(5);
        EXPECT_TRUE(index >= 0 && index < 5);
        const double normal = rng.normal();
        sum += normal;
        squares += normal * normal;
    }
    EXPECT_NEAR(sum / kDraws, 0, 0.03);
    EXPECT_NEAR(squares / kDraws, 1, 0.05);
}

}  // namespace
}  // namespace verso::scanner::lab

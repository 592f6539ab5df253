// SPDX-License-Identifier: Apache-2.0
#include "scanner/image/pixels.h"

#include <gtest/gtest.h>

namespace verso::scanner {
namespace {

/// Two rows of three: 1 2 3 over 4 5 6.
GrayImage six() { return {3, 2, 0, {1, 2, 3, 4, 5, 6}}; }

std::vector<std::uint8_t> turned(int orientation) { return oriented(six(), orientation).pixels; }

TEST(Pixels, TurnsByAllEightOrientations) {
    using Bytes = std::vector<std::uint8_t>;
    EXPECT_EQ(turned(1), (Bytes{1, 2, 3, 4, 5, 6}));
    EXPECT_EQ(turned(2), (Bytes{3, 2, 1, 6, 5, 4}));
    EXPECT_EQ(turned(3), (Bytes{6, 5, 4, 3, 2, 1}));
    EXPECT_EQ(turned(4), (Bytes{4, 5, 6, 1, 2, 3}));
    EXPECT_EQ(turned(5), (Bytes{1, 4, 2, 5, 3, 6}));
    EXPECT_EQ(turned(6), (Bytes{4, 1, 5, 2, 6, 3}));
    EXPECT_EQ(turned(7), (Bytes{6, 3, 5, 2, 4, 1}));
    EXPECT_EQ(turned(8), (Bytes{3, 6, 2, 5, 1, 4}));
    EXPECT_EQ(turned(0), turned(1));
    EXPECT_EQ(oriented(six(), 6).width, 2);
}

TEST(Pixels, UnpacksPackedSamples) {
    const std::uint8_t row[] = {0b10110001};
    EXPECT_EQ(sample_at(row, 1, 1, ByteOrder::Big), 0);
    EXPECT_EQ(sample_at(row, 2, 1, ByteOrder::Big), 1);
    EXPECT_EQ(sample_at(row, 1, 2, ByteOrder::Big), 3);
    EXPECT_EQ(sample_at(row, 1, 4, ByteOrder::Big), 1);
    const std::uint8_t wide[] = {0x12, 0x34};
    EXPECT_EQ(sample_at(wide, 0, 16, ByteOrder::Big), 0x12);
    EXPECT_EQ(sample_at(wide, 0, 16, ByteOrder::Little), 0x34);
    EXPECT_EQ(ramp_table(2, false).at(1), 85);
    EXPECT_EQ(ramp_table(1, true).at(1), 0);
}

TEST(Pixels, SquaresOnlyWhatIsBelievable) {
    const LoadLimits limits;
    EXPECT_EQ(squared(six(), 204, 98, "x", limits)->height, 4);
    EXPECT_EQ(squared(six(), 100, 200, "x", limits)->width, 6);
    EXPECT_EQ(squared(six(), 300, 301, "x", limits)->height, 2);
    EXPECT_EQ(squared(six(), 300, 1, "x", limits)->dpi, 300);
    EXPECT_EQ(squared(six(), 0, 0, "x", limits)->dpi, 0);
    LoadLimits small;
    small.page_pixels = 7;
    EXPECT_FALSE(squared(six(), 200, 100, "x", small).has_value());
}

TEST(Pixels, ChecksSizesWithoutOverflow) {
    EXPECT_FALSE(check_size(0, 5, "x", {}).has_value());
    EXPECT_FALSE(check_size(~0ull, ~0ull, "x", {}).has_value());
    EXPECT_TRUE(check_size(4961, 7016, "x", {}).has_value());
}

}  // namespace
}  // namespace verso::scanner

// SPDX-License-Identifier: Apache-2.0
#include "core/geometry/shapes.h"

#include <gtest/gtest.h>

namespace verso {
namespace {

constexpr MmBox kBox{10_mm, 20_mm, 30_mm, 40_mm};

TEST(Box, KnowsItsEdgesAndCorners) {
    EXPECT_EQ(kBox.right(), 40_mm);
    EXPECT_EQ(kBox.bottom(), 60_mm);
    EXPECT_EQ(kBox.center(), (MmPoint{25_mm, 40_mm}));
    EXPECT_EQ(kBox.corners()[2], (MmPoint{40_mm, 60_mm}));
}

TEST(Box, GrowsOnAllSides) { EXPECT_EQ(kBox.grown(2_mm), (MmBox{8_mm, 18_mm, 34_mm, 44_mm})); }

TEST(Box, TouchingIsNotIntersecting) {
    EXPECT_FALSE(kBox.intersects({40_mm, 20_mm, 5_mm, 5_mm}));
    EXPECT_TRUE(kBox.intersects({39.9_mm, 20_mm, 5_mm, 5_mm}));
}

TEST(Box, ContainsUpToItsEdge) {
    EXPECT_TRUE(kBox.contains(kBox));
    EXPECT_FALSE(kBox.contains(kBox.grown(0.1_mm)));
    EXPECT_TRUE(kBox.contains(MmPoint{10_mm, 60_mm}));
}

TEST(Units, PointsAndMillimetresConvert) {
    EXPECT_DOUBLE_EQ(to_pt(25.4_mm).value, 72.0);
    EXPECT_DOUBLE_EQ(to_mm(72_pt).value, 25.4);
    EXPECT_DOUBLE_EQ(30_mm / 10_mm, 3.0);
}

}  // namespace
}  // namespace verso

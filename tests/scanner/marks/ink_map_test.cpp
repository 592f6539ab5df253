// SPDX-License-Identifier: Apache-2.0
// Ink maps are drawn as text: '#' is ink.
#include "scanner/marks/ink_map.h"

#include <gtest/gtest.h>

#include <string>

namespace verso::scanner {
namespace {

InkMap drawn(const std::vector<std::string>& rows) {
    InkMap map{int(rows.front().size()), int(rows.size()), {}};
    for (const auto& row : rows) {
        for (char c : row) map.ink.push_back(c == '#' ? 1 : 0);
    }
    return map;
}

std::vector<std::uint8_t> everywhere(const InkMap& map) {
    return std::vector<std::uint8_t>(map.ink.size(), 1);
}

TEST(FindStrokes, JoinsDiagonalNeighbours) {
    const InkMap map = drawn({"#....", ".#...", "..#..", "....#"});
    const auto strokes = find_strokes(map, everywhere(map));
    ASSERT_EQ(strokes.size(), 2u);
    EXPECT_EQ(strokes[0].pixels, 3);
    EXPECT_NEAR(strokes[0].diagonal(), 4.24, 0.01);
}

TEST(FindStrokes, StopsAtTheMask) {
    const InkMap map = drawn({"#####"});
    auto mask = everywhere(map);
    mask[2] = 0;
    EXPECT_EQ(find_strokes(map, mask).size(), 2u);
}

TEST(LongestLine, SeesAStreakFromSideToSide) {
    const InkMap streak = drawn({"..#..", "..#..", "..#..", "..#..", "..#.."});
    EXPECT_DOUBLE_EQ(longest_line(streak, everywhere(streak)), 1);
    const InkMap stroke = drawn({".....", "..#..", "..#..", "..#..", "....."});
    EXPECT_DOUBLE_EQ(longest_line(stroke, everywhere(stroke)), 0);
}

TEST(Smoothed, KeepsTheLevel) {
    const auto flat = smoothed(std::vector<float>(12, 0.5F), 4, 3);
    for (float v : flat) EXPECT_FLOAT_EQ(v, 0.5F);
}

}  // namespace
}  // namespace verso::scanner

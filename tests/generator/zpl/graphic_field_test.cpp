// SPDX-License-Identifier: Apache-2.0
// What is packed is unpacked again by the printer's rules, written down a second time.
#include "generator/zpl/graphic_field.h"

#include <gtest/gtest.h>

#include <random>

#include "tests/generator/zpl/zpl_fields.h"

namespace verso::generator {
namespace {

TEST(GraphicField, PacksRunsRowsAndRepetitions) {
    DotBitmap bitmap(16, 4);
    bitmap.fill({0, 0, 16, 2});
    bitmap.set(0, 2);
    EXPECT_EQ(graphic_field(bitmap), "^GFA,8,8,2,JF:8,,");
}

TEST(GraphicField, CountsBeyondTwentyAndFourHundred) {
    DotBitmap bitmap(4 * 900, 1);
    for (int x = 0; x < 4 * 899; x += 4) bitmap.set(x, 0);  // 899 digits 8 and one 0
    EXPECT_EQ(graphic_field(bitmap), "^GFA,450,450,450,zzjY8,");
    DotBitmap twenty(4 * 22, 1);
    for (int x = 0; x < 4 * 20; x += 4) twenty.set(x, 0);
    EXPECT_EQ(graphic_field(twenty), "^GFA,11,11,11,g8,");
}

TEST(GraphicField, ComesBackAsItWas) {
    std::mt19937 random(7);
    for (int round = 0; round < 60; ++round) {
        const int width = 8 * (1 + int(random() % 130));
        DotBitmap bitmap(width, 1 + int(random() % 9));
        const unsigned density = 1 + random() % 40;
        for (int y = 0; y < bitmap.height(); ++y) {
            for (int x = 0; x < width; ++x) {
                const bool ink =
                    round % 3 == 0 ? (x / int(density)) % 2 == 0 : random() % density == 0;
                if (ink) bitmap.set(x, y);
            }
        }
        EXPECT_EQ(picture_of(unpacked_graphic(graphic_field(bitmap))), picture_of(bitmap));
    }
}

TEST(DotBitmap, TurnsClockwise) {
    DotBitmap bitmap(3, 2);
    bitmap.fill({0, 0, 3, 1});
    bitmap.set(0, 1);
    EXPECT_EQ(picture_of(bitmap), "###\n#..\n");
    EXPECT_EQ(picture_of(bitmap.turned(90)), "##\n.#\n.#\n");
    EXPECT_EQ(picture_of(bitmap.turned(180)), "..#\n###\n");
    EXPECT_EQ(picture_of(bitmap.turned(-90)), "#.\n#.\n##\n");
}

TEST(DotBitmap, KnowsItsInk) {
    DotBitmap bitmap(20, 9);
    EXPECT_EQ(bitmap.ink_box(), (DotBox{}));
    bitmap.fill({-5, -5, 6, 6});  // one dot of it is on the bitmap
    bitmap.set(17, 4);
    EXPECT_EQ(bitmap.ink_box(), (DotBox{0, 0, 18, 5}));
    EXPECT_EQ(bitmap.part({17, 3, 2, 2}).ink_box(), (DotBox{0, 1, 1, 1}));
}

}  // namespace
}  // namespace verso::generator

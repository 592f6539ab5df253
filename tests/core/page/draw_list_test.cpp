// SPDX-License-Identifier: Apache-2.0
#include "core/page/draw_list.h"

#include <gtest/gtest.h>

namespace verso {
namespace {

TEST(DrawList, EachMarkIsOneLineOfText) {
    DrawList list{{210_mm, 297_mm}, {}};
    list.marks.push_back(FillMark{{7_mm, 7_mm, 4.5_mm, 4.5_mm}, kBlack});
    list.marks.push_back(LineMark{{0_mm, 148.5_mm}, {210_mm, 148.5_mm}, 0.2_mm, 1_mm, {1, 2, 255}});
    list.marks.push_back(OutlineMark{{1_mm, 2_mm, 3_mm, 4_mm}, 0.25_mm, 2_mm, kBlack});
    list.marks.push_back(ModulesMark{{0_mm, 0_mm, 2_mm, 2_mm}, 2, 2, "1001", 90});
    list.marks.push_back(TextMark{{14_mm, 20_mm}, 9_pt, FontFace::Bold, kBlack, 270, "Zoë", 0_pt});
    EXPECT_EQ(to_text(list),
              "page 210.000 297.000\n"
              "fill 7.000 7.000 4.500 4.500 #000000\n"
              "line 0.000 148.500 210.000 148.500 width 0.200 dash 1.000 #0102ff\n"
              "outline 1.000 2.000 3.000 4.000 width 0.250 radius 2.000 #000000\n"
              "modules 0.000 0.000 2.000 2.000 2x2 turn 90 1001\n"
              "text 14.000 20.000 9.00pt bold #000000 turn 270 Zoë\n");
}

}  // namespace
}  // namespace verso

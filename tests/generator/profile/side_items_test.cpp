// SPDX-License-Identifier: Apache-2.0
// A card of 40 x 30 mm lies somewhere on a page, turned each way; on it, the same things.
#include "generator/profile/side_items.h"

#include <gmock/gmock.h>

#include "generator/template/frame.h"
#include "tests/generator/specimens.h"

namespace verso::generator {
namespace {

void expect_near(const MmBox& found, const MmBox& expected, int turn) {
    EXPECT_NEAR(found.x.value, expected.x.value, 1e-9) << turn;
    EXPECT_NEAR(found.y.value, expected.y.value, 1e-9) << turn;
    EXPECT_NEAR(found.w.value, expected.w.value, 1e-9) << turn;
    EXPECT_NEAR(found.h.value, expected.h.value, 1e-9) << turn;
}

TEST(SideItems, AreUprightHoweverTheSideLies) {
    const auto fonts = specimen_fonts();
    for (const int turn : {0, 90, 180, 270}) {
        const MmBox side =
            turn % 180 == 0 ? MmBox{20_mm, 50_mm, 40_mm, 30_mm} : MmBox{20_mm, 50_mm, 30_mm, 40_mm};
        const Frame frame = Frame{}.inner(side, turn);
        DrawList page{{210_mm, 297_mm}, {}};
        page.marks.push_back(FillMark{frame.box({5_mm, 3_mm, 10_mm, 2_mm}), kBlack});
        TextMark text;
        text.at = frame.point({6_mm, 20_mm});
        text.size = 12_pt;
        text.turn = turn;
        text.text = "Éa";
        page.marks.push_back(text);
        page.marks.push_back(
            LineMark{frame.point({1_mm, 9_mm}), frame.point({11_mm, 4_mm}), 0.4_mm});
        page.marks.push_back(OutlineMark{frame.box({25_mm, 2_mm, 8_mm, 9_mm}), 0.5_mm});
        const InsertTrace::Page trace{1, {0, 1, 1, 1}};
        const std::vector<BlockInfo> blocks = {{"f /0", "rect", "bars"}, {"f /1", "text", ""}};
        const PostalSide found = side_of_page(page, trace, blocks, side, turn, *fonts);
        EXPECT_EQ(found.width, 40_mm);
        EXPECT_EQ(found.height, 30_mm);
        ASSERT_EQ(found.items.size(), 4U);
        expect_near(found.items[0].box, {5_mm, 3_mm, 10_mm, 2_mm}, turn);
        EXPECT_EQ(found.items[0].role, "bars");
        EXPECT_EQ(found.items[0].pointer, "f /0");
        const SideItem& word = found.items[1];
        const Mm cap = fonts->cap_height(FontFace::Regular, 12_pt);
        EXPECT_EQ(word.cap_height, cap);
        expect_near(word.box,
                    {6_mm, 20_mm - cap, fonts->measure(FontFace::Regular, 12_pt, "Éa"),
                     cap + fonts->descender(FontFace::Regular, 12_pt)},
                    turn);
        expect_near(found.items[2].box, {0.8_mm, 3.8_mm, 10.4_mm, 5.4_mm}, turn);
        EXPECT_EQ(found.items[2].thickness, 0.4_mm);
        expect_near(found.items[3].box, {24.75_mm, 1.75_mm, 8.5_mm, 9.5_mm}, turn);
        EXPECT_EQ(found.items[3].kind, SideItem::Kind::Outline);
    }
}

TEST(SideItems, AreThoseOnTheSideAndNoFolds) {
    const MmBox side{20_mm, 50_mm, 40_mm, 30_mm};
    DrawList page{{210_mm, 297_mm}, {}};
    page.marks.push_back(FillMark{{10_mm, 40_mm, 5_mm, 5_mm}, kBlack});  // elsewhere
    page.marks.push_back(FillMark{{18_mm, 60_mm, 5_mm, 5_mm}, kBlack});  // over its edge
    page.marks.push_back(LineMark{{20_mm, 50_mm}, {60_mm, 50_mm}});      // the fold
    page.marks.push_back(LineMark{{20_mm, 50_mm}, {60_mm, 50_mm}});      // a rule there
    TextMark wordless;
    wordless.at = {30_mm, 60_mm};
    page.marks.push_back(wordless);
    const std::vector<BlockInfo> blocks = {
        {"", "rect", ""}, {"", "fold", ""}, {"", "line", ""}, {"", "text", ""}};
    const PostalSide found =
        side_of_page(page, {1, {0, 0, 1, 2, 3}}, blocks, side, 0, *specimen_fonts());
    ASSERT_EQ(found.items.size(), 2U);
    expect_near(found.items[0].box, {-2_mm, 10_mm, 5_mm, 5_mm}, 0);
    EXPECT_EQ(found.items[1].kind, SideItem::Kind::Line);
}

}  // namespace
}  // namespace verso::generator

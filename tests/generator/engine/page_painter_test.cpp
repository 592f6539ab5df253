// SPDX-License-Identifier: Apache-2.0
#include "generator/pdf/page_painter.h"

#include <gmock/gmock.h>

#include <algorithm>
#include <limits>
#include <sstream>

namespace verso::generator {
namespace {

using testing::HasSubstr;
using testing::StartsWith;

const FontBook& fonts() {
    static const auto loaded = FontBook::load(VERSO_BINARY_DIR "/share/verso/fonts").value();
    return *loaded;
}

// The operators after the page's matrix.
std::string painted(const std::vector<Mark>& marks) {
    OperatorBuffer buffer;
    PagePainter painter(fonts(), buffer);
    const auto result = painter.paint({100_mm, 100_mm}, marks);
    if (!result) return result.error().text();
    std::string operators(result->operators);
    EXPECT_THAT(operators, StartsWith(".02834646 0 0 .02834646 0 0 cm\n"));
    return operators.substr(operators.find('\n') + 1);
}

TextMark letters(std::string text, double x, double y, int turn = 0) {
    return {{Mm{x}, Mm{y}}, 10_pt, FontFace::Regular, kBlack, turn, std::move(text), Pt{0}};
}

TEST(PagePainter, NeighboursOfOneInkAreOnePath) {
    EXPECT_EQ(painted({FillMark{{10_mm, 20_mm, 5_mm, 4_mm}}, FillMark{{30_mm, 20_mm, 5_mm, 4_mm}}}),
              "1000 7600 500 400 re\n3000 7600 500 400 re\nf\n");
}

TEST(PagePainter, WritesInkOnlyWhenItChanges) {
    EXPECT_EQ(
        painted({FillMark{{0_mm, 0_mm, 1_mm, 1_mm}, {255, 0, 0}},
                 FillMark{{2_mm, 0_mm, 1_mm, 1_mm}, {255, 0, 0}},
                 FillMark{{4_mm, 0_mm, 1_mm, 1_mm}, {128, 128, 128}}}),
        "1 0 0 rg\n0 9900 100 100 re\n200 9900 100 100 re\nf\n.502 g\n400 9900 100 100 re\nf\n");
}

TEST(PagePainter, PaintsInOrder) {
    const std::string operators =
        painted({FillMark{{0_mm, 0_mm, 9_mm, 9_mm}}, FillMark{{1_mm, 1_mm, 1_mm, 1_mm}, kWhite},
                 LineMark{{0_mm, 50_mm}, {90_mm, 50_mm}, 0.2_mm, Mm{0}, kBlack}});
    EXPECT_EQ(operators,
              "0 9100 900 900 re\nf\n1 g\n100 9800 100 100 re\nf\n20 w\n0 5000 m 9000 5000 l\nS\n");
}

TEST(PagePainter, LinesShareWidthAndDash) {
    EXPECT_EQ(painted({LineMark{{0_mm, 0_mm}, {9_mm, 0_mm}, 0.2_mm, 1_mm, kBlack},
                       LineMark{{0_mm, 1_mm}, {9_mm, 1_mm}, 0.2_mm, 1_mm, kBlack},
                       LineMark{{0_mm, 2_mm}, {9_mm, 2_mm}, 0.2_mm, 0_mm, kBlack}}),
              "20 w\n[100 ]0 d\n0 10000 m 900 10000 l\n0 9900 m 900 9900 l\nS\n[]0 d\n"
              "0 9800 m 900 9800 l\nS\n");
}

TEST(PagePainter, AnOvalHasNoStraightSidesOfNoLength) {
    const std::string circle = painted({OutlineMark{{10_mm, 10_mm, 6_mm, 6_mm}, 0.3_mm, 3_mm}});
    EXPECT_EQ(std::count(circle.begin(), circle.end(), 'c'), 4);
    EXPECT_THAT(circle, testing::Not(HasSubstr("l ")));
    const std::string oval = painted({OutlineMark{{10_mm, 10_mm, 6_mm, 4_mm}, 0.3_mm, 9_mm}});
    EXPECT_EQ(std::count(oval.begin(), oval.end(), 'l'), 2);
}

TEST(PagePainter, TextMovesFromLineToLine) {
    const std::string operators = painted({letters("A", 10, 20), letters("B", 30, 25)});
    EXPECT_THAT(operators, StartsWith("BT\n/R 352.78 Tf\n1000 8000 Td("));
    EXPECT_THAT(operators, HasSubstr(")Tj\n2000 -500 Td("));
    EXPECT_THAT(operators, testing::EndsWith(")Tj\nET\n"));
}

TEST(PagePainter, TurnedTextMovesAlongItsOwnAxes) {
    // Clockwise by 90 the text runs down the page: 5 mm lower is 5 mm further along the line.
    const std::string down = painted({letters("A", 10, 20, 90), letters("B", 10, 25, 90)});
    EXPECT_THAT(down, HasSubstr("0 -1 1 0 1000 8000 Tm("));
    EXPECT_THAT(down, HasSubstr("500 0 Td("));
    const std::string up = painted({letters("A", 10, 20, 270), letters("B", 12, 15, 270)});
    EXPECT_THAT(up, HasSubstr("0 1 -1 0 1000 8000 Tm("));
    EXPECT_THAT(up, HasSubstr("500 -200 Td("));
    const std::string over =
        painted({letters("A", 10, 20, 180), letters("B", 5, 20, 180), letters("C", 0, 0)});
    EXPECT_THAT(over, HasSubstr("-1 0 0 -1 1000 8000 Tm("));
    EXPECT_THAT(over, HasSubstr("500 0 Td("));
    EXPECT_THAT(over, HasSubstr("1 0 0 1 0 10000 Tm("));
}

TEST(PagePainter, SpacingEndsWithItsText) {
    TextMark wide = letters("A", 10, 20);
    wide.letter_spacing = 1_pt;
    const std::string operators = painted({wide, letters("B", 10, 25)});
    EXPECT_THAT(operators, HasSubstr("35.28 Tc\n"));
    EXPECT_THAT(operators, HasSubstr("0 Tc\n"));
}

TEST(PagePainter, RunsOfASymbolGrowDownwards) {
    // 110
    // 110
    // 001
    const ModulesMark mark{{10_mm, 10_mm, 6_mm, 6_mm}, 3, 3, "110110001", 0};
    EXPECT_EQ(painted({mark}), "q 200 0 0 200 1000 8400 cm\n0 1 2 2 re\n2 0 1 1 re\nf Q\n");
}

TEST(PagePainter, RunsOfASymbolCoverExactlyItsInk) {
    const ModulesMark mark{{0_mm, 0_mm, 4_mm, 5_mm},
                           4,
                           5,
                           "11110110"
                           "01101111"
                           "1001",
                           0};
    const std::string operators = painted({mark});
    std::string covered(20, '0');
    std::istringstream in(operators.substr(operators.find("cm\n") + 3));
    int x, y, w, h;
    std::string re;
    while (in >> x >> y >> w >> h >> re) {
        for (int row = 5 - y - h; row < 5 - y; ++row) {
            for (int column = x; column < x + w; ++column) {
                char& module = covered.at(static_cast<std::size_t>(row * 4 + column));
                EXPECT_EQ(module, '0') << "painted twice";
                module = '1';
            }
        }
    }
    EXPECT_EQ(covered, mark.modules);
}

TEST(PagePainter, CollectsTheGroupsThatTheFontsMustHave) {
    OperatorBuffer buffer;
    PagePainter painter(fonts(), buffer);
    TextMark bold = letters("Київ", 1, 1);
    bold.face = FontFace::Bold;
    const DrawList page{{100_mm, 100_mm}, {letters("Größe", 1, 1), letters("Łódź", 1, 1), bold}};
    const FontUse use = painter.paint(page.page, page.marks).value().fonts;
    EXPECT_EQ(use[0], group_of(U'ö') | group_of(U'Ł'));
    EXPECT_EQ(use[1], group_of(U'К'));
}

TEST(PagePainter, SurvivesCoordinatesThatAreNoNumbers) {
    const double none = std::numeric_limits<double>::quiet_NaN();
    EXPECT_THAT(painted({FillMark{{Mm{none}, Mm{1e300}, Mm{-1e300}, 1_mm}}}), HasSubstr("re\nf\n"));
}

}  // namespace
}  // namespace verso::generator

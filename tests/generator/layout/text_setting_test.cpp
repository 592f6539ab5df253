// SPDX-License-Identifier: Apache-2.0
#include "generator/layout/text_setting.h"

#include <gtest/gtest.h>

#include "specimens.h"

namespace verso::generator {
namespace {

using Lines = std::vector<std::string>;

TextPlace place(double width, Fit fit = Fit::Shrink) {
    TextPlace place;
    place.at = {Mm{10}, Mm{20}};
    place.width = Mm{width};
    place.fit = fit;
    place.style.size = Pt{10};
    place.least = Pt{8};
    return place;
}

TEST(FitLine, KeepsWhatFitsShrinksThenCuts) {
    const FontBook& fonts = *specimen_fonts();
    const std::string text = "Maximilienne de La Rochefoucauld";
    const double width = fonts.measure(FontFace::Regular, Pt{10}, text).value;

    EXPECT_EQ(fit_line(fonts, place(width + 0.1), text).size, Pt{10});
    const FittedLine shrunk = fit_line(fonts, place(width * 0.9), text);
    EXPECT_EQ(shrunk.text, text);
    EXPECT_LT(shrunk.size, Pt{10});
    EXPECT_FALSE(shrunk.at_least);
    EXPECT_LE(shrunk.width, Mm{width * 0.9 + 1e-6});
    const FittedLine cut = fit_line(fonts, place(width * 0.5), text);
    EXPECT_TRUE(cut.at_least);
    EXPECT_EQ(cut.size, Pt{8});
    EXPECT_EQ(cut.text.substr(cut.text.size() - 3), "…");
    EXPECT_LE(cut.width, Mm{width * 0.5});
}

TEST(FitLine, ErrorLeavesTheTextAlone) {
    const FittedLine line = fit_line(*specimen_fonts(), place(5, Fit::Error), "too long for it");
    EXPECT_FALSE(line.fits);
    EXPECT_EQ(line.text, "too long for it");
}

TEST(FitLine, CutsWholeCharacters) {
    const FittedLine line = fit_line(*specimen_fonts(), place(10, Fit::Clip), "ÉÉÉÉÉÉÉÉÉÉÉÉÉÉ");
    EXPECT_EQ(line.text.substr(0, 2), "É");
    EXPECT_FALSE(specimen_fonts()->first_uncovered(FontFace::Regular, line.text));
}

TEST(FitLine, CutsAMegabyteInNoTime) {
    const std::string text(1 << 20, 'm');
    const FittedLine line = fit_line(*specimen_fonts(), place(50), text);
    EXPECT_LE(line.width, Mm{50});
    EXPECT_GT(line.width, Mm{44}) << "fills its place";
}

TEST(FitLine, LetterSpacingCounts) {
    TextStyle style{Pt{10}, FontFace::Regular, kBlack, Pt{2}};
    const Mm plain = specimen_fonts()->measure(FontFace::Regular, Pt{10}, "ÉAB");
    EXPECT_NEAR((width_of(*specimen_fonts(), style, "ÉAB") - plain).value, to_mm(Pt{4}).value,
                1e-9);
}

TEST(MarkOf, AlignsLeftCenterRightAndTurns) {
    FittedLine line{"a", Pt{10}, Mm{4}, false, true};
    TextPlace p = place(10);
    EXPECT_EQ(mark_of(p, line).at, (MmPoint{Mm{10}, Mm{20}}));
    p.align = Align::Right;
    EXPECT_EQ(mark_of(p, line).at, (MmPoint{Mm{16}, Mm{20}}));
    p.align = Align::Center;
    EXPECT_EQ(mark_of(p, line).at, (MmPoint{Mm{13}, Mm{20}}));
    // A group of 50 x 80 at 100, 0, turned to read from bottom to top.
    p.frame = Frame{}.inner({Mm{100}, Mm{0}, Mm{50}, Mm{80}}, 270);
    const TextMark turned = mark_of(p, line);
    EXPECT_EQ(turned.turn, 270);
    EXPECT_EQ(turned.at, (MmPoint{Mm{120}, Mm{67}}));
}

TEST(Wrap, BreaksAtSpacesAndAfterHyphens) {
    const FontBook& fonts = *specimen_fonts();
    const TextStyle style{Pt{10}, FontFace::Regular, kBlack, Pt{0}};
    EXPECT_EQ(wrap(fonts, style, Mm{500}, "one line only"), (Lines{"one line only"}));
    const Mm room = fonts.measure(FontFace::Regular, Pt{10}, "one line") + Mm{0.1};
    EXPECT_EQ(wrap(fonts, style, room, "one line only"), (Lines{"one line", "only"}));
    EXPECT_EQ(wrap(fonts, style, Mm{1}, "ab-cd ef"), (Lines{"ab-", "cd", "ef"}));
    EXPECT_EQ(wrap(fonts, style, Mm{1}, "no\u00a0break"), (Lines{"no\u00a0break"}));
    EXPECT_EQ(wrap(fonts, style, Mm{500}, "one\ntwo"), (Lines{"one", "two"}));
    EXPECT_TRUE(wrap(fonts, style, Mm{500}, "").empty());
}

}  // namespace
}  // namespace verso::generator

// SPDX-License-Identifier: Apache-2.0
// What kinds of writers there are, and what their slips leave on the paper.
#include "scanner/lab/style_set.h"

#include <gtest/gtest.h>

#include <map>

#include "scanner/lab/degrade.h"
#include "scanner/lab/print_effects.h"
#include "tests/scanner/lab/lab_card.h"

namespace verso::scanner::lab {
namespace {

/// Share of dark pixels in a part of the page.
double ink_in(const GrayImage& image, const MmBox& box) {
    const Homography map = raster_map(150);
    const PxPoint from = map.to_image({box.x, box.y}),
                  to = map.to_image({box.right(), box.bottom()});
    int inked = 0, all = 0;
    for (int y = int(from.y.value); y < int(to.y.value); ++y) {
        for (int x = int(from.x.value); x < int(to.x.value); ++x) {
            inked += image.row(y)[x] < 180;
            ++all;
        }
    }
    return double(inked) / all;
}

const MarkOption& option_of(const ReadRegion& card, const std::string& question, int value) {
    for (const auto& option : card.find_question(question)->options)
        if (option.value == value) return option;
    return card.questions.front().options.front();
}

TEST(StyleSet, IsFoundByName) {
    for (const char* name : {"filled", "mixed", "usual", "hard", "corrected", "tick", "marker"})
        EXPECT_TRUE(find_styles(name).has_value()) << name;
    EXPECT_FALSE(find_styles("calligraphy").has_value());
}

TEST(StyleSet, TakesPensByTheirWeights) {
    std::map<std::string, int> taken;
    Rng rng(4);
    for (int i = 0; i < 2000; ++i) ++taken[std::string(take_pen(hard_styles(), rng).name)];
    EXPECT_NEAR(taken["faint-ballpoint"], 440, 60);
    EXPECT_NEAR(taken["faint-pencil"], 400, 60);
    EXPECT_EQ(taken.size(), pens().size());
    EXPECT_EQ(take_pen(*find_styles("marker"), rng).name, "marker");
}

TEST(StyleSet, OneHardCardInTenHasACorrection) {
    const ReadRegion card = lab_card();
    int corrected = 0;
    for (std::uint64_t seed = 0; seed < 1000; ++seed) {
        const FilledCard filled = random_answers(card, seed, hard_styles().answers);
        corrected += !filled.struck.empty();
        for (const auto& [question, value] : filled.struck) {
            ASSERT_EQ(filled.answers.count(question), 1u) << seed;
            EXPECT_NE(filled.answers.at(question), value) << seed;
        }
    }
    EXPECT_NEAR(corrected, 100, 30);
}

TEST(StyleSet, AStruckBoxIsDarkerThanTheAnswer) {
    const ReadRegion card = lab_card();
    for (std::uint64_t seed = 1; seed <= 30; ++seed) {
        GrayImage page = lab_page(card, raster_map(150), 150);
        FilledCard filled;
        filled.answers["overall"] = 4;
        filled.struck["overall"] = 2;
        fill_card(page, raster_map(150), card, filled, only(MarkStyle::Tick), find_pen("ballpoint"),
                  seed);
        const double struck = ink_in(page, option_of(card, "overall", 2).box),
                     answer = ink_in(page, option_of(card, "overall", 4).box);
        EXPECT_GT(answer, 0.02) << seed;
        EXPECT_GT(struck, answer) << seed;
        EXPECT_EQ(ink_in(page, option_of(card, "again", 2).box), 0) << seed;
    }
}

TEST(StyleSet, CirclesRunRoundTheBoxAndOverflowsOverIt) {
    const ReadRegion card = lab_card();
    const MarkOption& option = option_of(card, "overall", 3);
    for (std::uint64_t seed = 1; seed <= 20; ++seed) {
        for (MarkStyle style : {MarkStyle::Circled, MarkStyle::Overflow}) {
            GrayImage page = lab_page(card, raster_map(150), 150);
            draw_mark(page, raster_map(150), option, style, find_pen("gel"), seed);
            const double inside = ink_in(page, option.box.grown(Mm{-1})),
                         around = ink_in(page, option.box.grown(Mm{2.5}));
            EXPECT_GT(around, 0.05) << to_string(style) << seed;
            if (style == MarkStyle::Circled) {
                EXPECT_LT(inside, 0.12) << seed;
            } else {
                EXPECT_GT(inside, 0.5) << seed;
            }
        }
    }
}

TEST(PrintEffects, TonerFadesButPensDoNot) {
    const ReadRegion card = lab_card();
    GrayImage page = lab_page(card, raster_map(150), 150);
    Profile profile;
    profile.toner = {0.4, 0.4};
    age_print(page, raster_map(150), card, profile, 7);
    const auto darkest = [&] { return *std::min_element(page.pixels.begin(), page.pixels.end()); };
    EXPECT_GT(darkest(), 90);
    draw_mark(page, raster_map(150), option_of(card, "overall", 3), MarkStyle::Filled,
              find_pen("gel"), 1);
    EXPECT_LT(darkest(), 40);
}

TEST(PrintEffects, BleedThroughIsPaleAndBlobsAreBlack) {
    const ReadRegion card = lab_card();
    Profile bleed, blobs;
    bleed.bleed = 1;
    blobs.toner_blobs = {5, 5};
    for (std::uint64_t seed = 1; seed <= 10; ++seed) {
        GrayImage page = lab_page({}, raster_map(100), 100);
        age_print(page, raster_map(100), card, bleed, seed);
        EXPECT_LT(*std::min_element(page.pixels.begin(), page.pixels.end()), 250) << seed;
        EXPECT_GT(*std::min_element(page.pixels.begin(), page.pixels.end()), 170) << seed;
        age_print(page, raster_map(100), card, blobs, seed);
        EXPECT_LT(*std::min_element(page.pixels.begin(), page.pixels.end()), 140) << seed;
    }
}

}  // namespace
}  // namespace verso::scanner::lab

// SPDX-License-Identifier: Apache-2.0
#include "scanner/lab/answer_sheet.h"

#include <gtest/gtest.h>

#include <set>

#include "scanner/lab/degrade.h"
#include "tests/scanner/lab/lab_card.h"

namespace verso::scanner::lab {
namespace {

int ink_in(const GrayImage& image, const Homography& map, const MmBox& box) {
    int inked = 0;
    const PxPoint from = map.to_image({box.x, box.y}),
                  to = map.to_image({box.right(), box.bottom()});
    for (int y = int(from.y.value); y < int(to.y.value); ++y) {
        for (int x = int(from.x.value); x < int(to.x.value); ++x) inked += image.row(y)[x] < 180;
    }
    return inked;
}

TEST(AnswerSheet, AlwaysRatesAndUsesEveryValue) {
    const ReadRegion card = lab_card();
    std::set<int> ratings;
    int blanks = 0, published = 0, comments = 0;
    for (std::uint64_t seed = 0; seed < 1000; ++seed) {
        const FilledCard filled = random_answers(card, seed);
        ASSERT_EQ(filled.answers.count(kOverallQuestion), 1u) << "seed " << seed;
        ratings.insert(filled.answers.find(kOverallQuestion)->second);
        for (const char* id : {"described", "again", "delivery", "complete"})
            blanks += filled.answers.count(id) == 0;
        published += filled.answers.count(kPublishQuestion) == 1;
        comments += filled.comment;
        EXPECT_EQ(random_answers(card, seed).answers, filled.answers);
    }
    EXPECT_EQ(ratings, (std::set<int>{1, 2, 3, 4, 5}));
    EXPECT_NEAR(blanks / 4000.0, 0.04, 0.015);
    EXPECT_NEAR(published / 1000.0, 0.3, 0.05);
    EXPECT_NEAR(comments / 1000.0, 0.4, 0.05);
}

TEST(AnswerSheet, LeavesOutTheRatingWhenAsked) {
    AnswerOptions options;
    options.blank_overall = 1;
    EXPECT_EQ(random_answers(lab_card(), 1, options).answers.count(kOverallQuestion), 0u);
}

TEST(AnswerSheet, MarksTheBoxesMeantAndNoOthers) {
    const ReadRegion card = lab_card();
    const Homography map = raster_map(200);
    for (std::uint64_t seed = 1; seed <= 12; ++seed) {
        SCOPED_TRACE(seed);
        GrayImage page = lab_page(card, map, 200);
        const FilledCard filled = random_answers(card, seed);
        fill_card(page, map, card, filled, usual_styles(), find_pen("ballpoint"), seed);
        for (const Question& question : card.questions) {
            const auto answer = filled.answers.find(question.id);
            for (const MarkOption& option : question.options) {
                const bool meant = answer != filled.answers.end() && answer->second == option.value;
                const int ink = ink_in(page, map, option.box);
                EXPECT_TRUE(meant ? ink > 20 : ink < 60)
                    << question.id << " " << option.value << ": " << ink;
            }
        }
        EXPECT_EQ(ink_in(page, map, card.fields.at(0).box) > 300, filled.comment);
    }
}

TEST(AnswerSheet, OnlyOneStyleMeansOnlyThat) {
    const StyleMix mix = only(MarkStyle::Cross);
    EXPECT_EQ(mix.at(2), 1);
    EXPECT_EQ(mix.at(0), 0);
}

}  // namespace
}  // namespace verso::scanner::lab

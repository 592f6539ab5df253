// SPDX-License-Identifier: Apache-2.0
// Boxes drawn straight into patches: a printed outline on grainy paper, and what a hand adds.
#include "scanner/marks/mark_scorer.h"

#include <gtest/gtest.h>

#include <cmath>
#include <random>

#include "scanner/marks/box_shape.h"

namespace verso::scanner {
namespace {

constexpr double kPxPerMm = 8;
constexpr int kSide = 67;  // px: 3.5 mm and the margin on both sides
constexpr Tones kTones{240, 20};
const MarkOption kSquare{1, MarkShape::Square, {Mm{2.4}, Mm{2.4}, Mm{3.5}, Mm{3.5}}};

AlignedBox printed_box(unsigned seed, double grain) {
    AlignedBox box;
    box.option = &kSquare;
    box.patch = {
        {Mm{0}, Mm{0}, Mm{kSide / kPxPerMm}, Mm{kSide / kPxPerMm}}, kPxPerMm, kSide, kSide, {}, 0};
    box.outline = 0.8;
    box.own_shift = true;
    std::mt19937 random(seed);
    std::normal_distribution<float> paper(float(kTones.paper), float(grain));
    for (int i = 0; i < kSide * kSide; ++i) {
        const double away = outline_distance(kSquare, box.patch.to_page(i % kSide, i / kSide));
        box.patch.pixels.push_back(std::abs(away) < 0.13 ? float(kTones.black) : paper(random));
    }
    return box;
}

/// A loop round the box, 0.75 mm from its outline.
void circle(AlignedBox& box, double darkness, double pen_mm = 0.3) {
    for (int i = 0; i < kSide * kSide; ++i) {
        const double away = outline_distance(kSquare, box.patch.to_page(i % kSide, i / kSide));
        if (std::abs(away - 0.75) < pen_mm / 2)
            box.patch.pixels[std::size_t(i)] -= float(darkness * kTones.contrast());
    }
}

std::vector<AlignedBox> question_of_five(double grain) {
    std::vector<AlignedBox> boxes;
    for (unsigned seed = 1; seed <= 5; ++seed) boxes.push_back(printed_box(seed, grain));
    return boxes;
}

TEST(MarkScorer, SeesAFaintLoopThatWouldPassForGrainOfItsBox) {
    auto boxes = question_of_five(1.5);
    circle(boxes[2], 0.19);
    const auto measures = score_marks(boxes, kTones, 5.9);
    for (std::size_t i = 0; i < boxes.size(); ++i)
        EXPECT_EQ(measures[i].round_sectors, i == 2 ? 12 : 0) << "box " << i;
}

TEST(MarkScorer, TakesNoWidePaleLoopForPaper) {
    for (const double darkness : {0.16, 0.3, 0.5}) {
        for (const double pen : {0.6, 1.0, 1.4}) {
            auto boxes = question_of_five(1.5);
            circle(boxes[2], darkness, pen);
            const auto m = score_marks(boxes, kTones, 5.9)[2];
            EXPECT_EQ(m.round_sectors, 12) << darkness << " by " << pen << " mm";
            EXPECT_EQ(m.ink_share, 0) << darkness << " by " << pen << " mm";
        }
    }
}

TEST(MarkScorer, CountsWhatIsTooPaleForInkAllRound) {
    auto boxes = question_of_five(1.5);
    circle(boxes[2], 0.09, 0.6);
    const auto measures = score_marks(boxes, kTones, 5.9);
    for (std::size_t i = 0; i < boxes.size(); ++i) {
        EXPECT_EQ(measures[i].round_sectors, 0) << "box " << i;
        EXPECT_EQ(measures[i].faint_round, i == 2 ? 12 : 0) << "box " << i;
    }
}

TEST(MarkScorer, TakesNoInsideThatWasMadeLighterForPaper) {
    auto boxes = question_of_five(1.5);
    const auto papers = papers_of(boxes, kTones, 5.9);
    for (int i = 0; i < kSide * kSide; ++i) {  // the upper half of the inside
        const MmPoint at = boxes[2].patch.to_page(i % kSide, i / kSide);
        if (outline_distance(kSquare, at) < -0.2 && at.y < kSquare.box.center().y)
            boxes[2].patch.pixels[std::size_t(i)] += 30;
    }
    const auto m = score_marks(boxes, papers, kTones, 5.9)[2];
    EXPECT_EQ(m.ink_share, 0);
    EXPECT_EQ(m.round_sectors, 0);
}

TEST(MarkScorer, TakesEvenGrainForGrain) {
    const auto measures = score_marks(question_of_five(24), kTones, 5.9);
    for (const auto& m : measures) {
        EXPECT_GT(m.ink_threshold, 0.13);
        EXPECT_EQ(m.ink_share, 0);
        EXPECT_EQ(m.round_sectors, 0);
    }
}

}  // namespace
}  // namespace verso::scanner

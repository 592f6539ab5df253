// SPDX-License-Identifier: Apache-2.0
// The classifier is fed with measures typed by hand: no pixels are needed to test thresholds.
#include "scanner/marks/mark_classifier.h"

#include <gtest/gtest.h>

namespace verso::scanner {
namespace {

MarkMeasures clean_box() {
    MarkMeasures m;
    m.outline = 0.9;
    m.outline_in_place = true;
    m.ink_threshold = 0.13;
    return m;
}

MarkMeasures crossed_box() {
    MarkMeasures m = clean_box();
    m.ink_share = 0.18;
    m.speck_share = 0.18;
    m.stroke_mm = 4;
    m.stroke_span = 1.2;
    m.faint_span = 1.3;
    m.darkness = 0.7;
    m.wash = 0.13;
    return m;
}

MarkMeasures box_with_a_dot() {
    MarkMeasures m = clean_box();
    m.ink_share = 0.01;
    m.speck_share = 0.01;
    m.stroke_mm = 0.7;
    m.stroke_span = 0.2;
    m.faint_span = 0.22;
    m.darkness = 0.6;
    return m;
}

Question five_boxes() {
    Question q{"overall", QuestionKind::One, {}};
    for (int v = 1; v <= 5; ++v) q.options.push_back({v, MarkShape::Oval, {}});
    return q;
}

std::vector<MarkJudgement> judge(const std::vector<MarkMeasures>& measures) {
    std::vector<MarkJudgement> out;
    for (const auto& m : measures) out.push_back(classify_mark(m));
    return out;
}

TEST(MarkClassifier, TellsEmptyFromMarked) {
    EXPECT_EQ(classify_mark(clean_box()).mark, MarkClass::Empty);
    EXPECT_EQ(classify_mark(crossed_box()).mark, MarkClass::Marked);
    EXPECT_GT(classify_mark(crossed_box()).confidence, 0.99);
}

TEST(MarkClassifier, TakesTheThinnestRealSlashForAMark) {
    MarkMeasures slash = clean_box();
    slash.ink_share = slash.speck_share = 0.043;  // the least of 18 real ones
    slash.stroke_span = 0.9;
    slash.stroke_mm = 3;
    slash.darkness = 0.5;
    EXPECT_EQ(classify_mark(slash).mark, MarkClass::Marked);
}

TEST(MarkClassifier, DoubtsWhatIsNeither) {
    EXPECT_EQ(classify_mark(box_with_a_dot()).mark, MarkClass::Doubtful);
    EXPECT_LE(classify_mark(box_with_a_dot()).confidence, 0.5);
}

TEST(MarkClassifier, DoesNotBelieveABlankThatCouldHideAMark) {
    MarkMeasures unseen = clean_box(), grainy = clean_box(), faint = clean_box(),
                 loop = clean_box();
    unseen.outline = 0.05;
    grainy.ink_threshold = 0.4;
    faint.faint_span = 0.8;
    loop.ring_sectors = 7;
    for (const auto& m : {unseen, grainy, faint, loop}) {
        EXPECT_EQ(classify_mark(m).mark, MarkClass::Doubtful);
        EXPECT_FALSE(classify_mark(m).doubt.empty());
    }
}

TEST(MarkClassifier, DoesNotBelieveAMarkThatMayBeDamage) {
    MarkMeasures streak = crossed_box(), stain = crossed_box(), cut = crossed_box();
    streak.line = 0.97;
    stain.paper = 0.4;
    cut.off_image = 0.2;
    for (const auto& m : {streak, stain, cut}) {
        EXPECT_EQ(classify_mark(m).mark, MarkClass::Doubtful);
    }
}

TEST(ClassifyQuestion, TakesTheOneMark) {
    std::vector<Rejection> reasons;
    const auto answer = classify_question(
        five_boxes(), judge({clean_box(), clean_box(), clean_box(), crossed_box(), clean_box()}),
        reasons);
    EXPECT_EQ(answer.state, AnswerState::Marked);
    EXPECT_EQ(answer.value, 4);
    EXPECT_EQ(answer.scores.size(), 5u);
    EXPECT_TRUE(reasons.empty());
}

TEST(ClassifyQuestion, AsksAboutTwoMarks) {
    std::vector<Rejection> reasons;
    const auto answer = classify_question(
        five_boxes(), judge({crossed_box(), clean_box(), clean_box(), crossed_box(), clean_box()}),
        reasons);
    EXPECT_EQ(answer.state, AnswerState::Ambiguous);
    EXPECT_FALSE(answer.value.has_value());
    ASSERT_EQ(reasons.size(), 1u);
    EXPECT_EQ(reasons[0].code, RejectionCode::TwoMarks);
}

TEST(ClassifyQuestion, ForgivesADotOnlyBesideAClearMark) {
    std::vector<Rejection> reasons;
    const auto beside = classify_question(
        five_boxes(),
        judge({box_with_a_dot(), clean_box(), clean_box(), crossed_box(), clean_box()}), reasons);
    EXPECT_EQ(beside.value, 4);
    EXPECT_TRUE(reasons.empty());
    const auto alone = classify_question(
        five_boxes(), judge({box_with_a_dot(), clean_box(), clean_box(), clean_box(), clean_box()}),
        reasons);
    EXPECT_EQ(alone.state, AnswerState::Ambiguous);
    ASSERT_EQ(reasons.size(), 1u);
    EXPECT_EQ(reasons[0].code, RejectionCode::DoubtfulMark);
}

}  // namespace
}  // namespace verso::scanner

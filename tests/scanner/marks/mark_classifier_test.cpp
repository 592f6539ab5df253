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
    m.edge = 0;
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
    m.edge = 0.9;
    m.peak = 0.8;
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

/// A writer who crosses boxes and keeps to them.
QuestionEvidence judge(const std::vector<MarkMeasures>& measures,
                       Habit habit = {0.18, 0.04, 0.8, 4, 0}) {
    QuestionEvidence out{measures, {}, habit};
    for (const auto& m : measures) out.judgements.push_back(classify_mark(m));
    return out;
}

TEST(MarkClassifier, TellsEmptyFromMarked) {
    EXPECT_EQ(classify_mark(clean_box()).mark, MarkClass::Empty);
    EXPECT_EQ(classify_mark(crossed_box()).mark, MarkClass::Marked);
    EXPECT_GT(classify_mark(crossed_box()).probability, 0.999);
    EXPECT_LT(classify_mark(clean_box()).probability, 0.001);
}

TEST(MarkClassifier, TakesTheThinnestRealSlashForAMark) {
    MarkMeasures slash = clean_box();
    slash.ink_share = slash.speck_share = 0.043;  // the least of 18 real ones
    slash.stroke_span = 0.9;
    slash.faint_span = 0.95;
    slash.edge = 0.8;
    slash.stroke_mm = 3;
    slash.darkness = 0.5;
    EXPECT_EQ(classify_mark(slash).mark, MarkClass::Marked);
}

TEST(MarkClassifier, DoubtsWhatIsNeither) {
    const auto dot = classify_mark(box_with_a_dot());
    EXPECT_GT(dot.probability, 0.002);
    EXPECT_LT(dot.probability, 0.5);
    EXPECT_FALSE(dot.doubt.empty());
}

TEST(MarkClassifier, DoesNotBelieveABlankThatCouldHideAMark) {
    MarkMeasures unseen = clean_box(), grainy = clean_box(), faint = clean_box(),
                 loop = clean_box(), circle = clean_box(), pale_circle = clean_box();
    unseen.outline = 0.05;
    grainy.ink_threshold = 0.4;
    faint.faint_span = 0.8;
    loop.ring_sectors = 7;
    circle.round_sectors = 9;
    pale_circle.faint_round = 9;
    for (const auto& m : {unseen, grainy, faint, loop, circle, pale_circle}) {
        EXPECT_EQ(classify_mark(m).mark, MarkClass::Doubtful);
        EXPECT_FALSE(classify_mark(m).doubt.empty());
        std::vector<Rejection> reasons;
        const auto blank = classify_question(
            five_boxes(), judge({m, clean_box(), clean_box(), clean_box(), clean_box()}), reasons);
        EXPECT_EQ(blank.state, AnswerState::Ambiguous);
    }
}

TEST(MarkClassifier, MoreInkIsNoSurerBlankThanLess) {
    for (double share = 0.002; share < 0.06; share += 0.002) {
        MarkMeasures pale = clean_box();
        pale.ink_share = pale.speck_share = share;
        pale.stroke_mm = 1.2;
        pale.stroke_span = 0.4;
        pale.darkness = 0.16;
        pale.edge = 0.05;
        EXPECT_GE(classify_mark(pale).probability, 0.02) << share;
        pale.round_sectors = 12;
        EXPECT_GE(classify_mark(pale).probability, 0.5) << share;
    }
}

TEST(MarkClassifier, DoesNotBelieveAMarkThatMayBeDamage) {
    MarkMeasures streak = crossed_box(), stain = crossed_box(), cut = crossed_box(),
                 stamp = crossed_box(), outline = crossed_box();
    streak.line = 0.97;
    stain.paper = 0.4;
    cut.off_image = 0.2;
    stamp.beyond = 12;
    outline.faint_span = 0.1;
    for (const auto& m : {streak, stain, cut, stamp, outline}) {
        EXPECT_EQ(classify_mark(m).mark, MarkClass::Doubtful);
    }
}

TEST(MarkClassifier, TakesALineThatPassesThroughForNoMark) {
    MarkMeasures wave = crossed_box();
    wave.beyond = 12;
    wave.ways_out = 2;
    std::vector<Rejection> reasons;
    const auto beside =
        classify_question(five_boxes(), judge({wave, wave, wave, wave, crossed_box()}), reasons);
    EXPECT_EQ(beside.value, 5);
    const auto alone =
        classify_question(five_boxes(), judge({wave, wave, wave, wave, wave}), reasons);
    EXPECT_EQ(alone.state, AnswerState::Ambiguous);
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

TEST(ClassifyQuestion, AsksWhenTheOnlyMarkIsOfAnotherInk) {
    MarkMeasures pale = crossed_box();
    pale.peak = 0.4;
    pale.far_share = 0.03;
    pale.beyond = 2;
    std::vector<Rejection> reasons;
    const auto answer = classify_question(
        five_boxes(), judge({clean_box(), pale, clean_box(), clean_box(), clean_box()}), reasons);
    EXPECT_EQ(answer.state, AnswerState::Ambiguous);
    ASSERT_EQ(reasons.size(), 1u);
    EXPECT_EQ(reasons[0].code, RejectionCode::DoubtfulMark);
}

TEST(ClassifyQuestion, TakesASmudgeForNoMarkOnlyBesideOne) {
    MarkMeasures smudge = crossed_box();
    smudge.edge = 0.2;
    smudge.peak = 0.25;
    std::vector<Rejection> reasons;
    const auto beside = classify_question(
        five_boxes(), judge({clean_box(), smudge, clean_box(), crossed_box(), clean_box()}),
        reasons);
    EXPECT_EQ(beside.value, 4);
    const auto alone = classify_question(
        five_boxes(), judge({clean_box(), smudge, clean_box(), clean_box(), clean_box()}), reasons);
    EXPECT_EQ(alone.state, AnswerState::Ambiguous);
}

TEST(ClassifyQuestion, TakesACircledBoxForMarked) {
    MarkMeasures circled = clean_box();
    circled.round_sectors = 12;
    circled.ring_sectors = 8;
    std::vector<Rejection> reasons;
    const auto answer = classify_question(
        five_boxes(), judge({clean_box(), circled, clean_box(), clean_box(), clean_box()}),
        reasons);
    EXPECT_EQ(answer.value, 2);
    const auto beside = classify_question(
        five_boxes(), judge({crossed_box(), circled, clean_box(), clean_box(), clean_box()}),
        reasons);
    EXPECT_EQ(beside.state, AnswerState::Ambiguous);
}

MarkMeasures filled_box() {
    MarkMeasures m = crossed_box();
    m.ink_share = m.speck_share = 0.9;
    m.ring_share = 0.05;
    m.ring_sectors = 2;
    return m;
}

MarkMeasures struck_box() {
    MarkMeasures m = filled_box();
    m.ring_share = 0.4;
    m.ring_sectors = 7;
    return m;
}

TEST(ClassifyQuestion, TakesAFilledBoxBesideATickForACorrection) {
    std::vector<Rejection> reasons;
    const auto answer = classify_question(
        five_boxes(), judge({filled_box(), clean_box(), clean_box(), crossed_box(), clean_box()}),
        reasons);
    EXPECT_EQ(answer.state, AnswerState::Corrected);
    EXPECT_EQ(answer.value, 4);
    EXPECT_TRUE(reasons.empty());
}

TEST(ClassifyQuestion, AsksAboutACorrectionOnABilevelScan) {
    auto evidence = judge({filled_box(), clean_box(), clean_box(), crossed_box(), clean_box()});
    evidence.shades = false;
    std::vector<Rejection> reasons;
    EXPECT_EQ(classify_question(five_boxes(), evidence, reasons).state, AnswerState::Ambiguous);
}

TEST(ClassifyQuestion, TakesAStruckOutBoxForACorrection) {
    std::vector<Rejection> reasons;
    const auto answer =
        classify_question(five_boxes(),
                          judge({clean_box(), filled_box(), struck_box(), clean_box(), clean_box()},
                                {0.85, 0.05, 0.8, 4, 0}),
                          reasons);
    EXPECT_EQ(answer.state, AnswerState::Corrected);
    EXPECT_EQ(answer.value, 2);
}

TEST(ClassifyQuestion, AsksWhenBothMarksAreAsUsual) {
    const Habit fills{0.85, 0.05, 0.8, 4, 0}, overshoots{0.18, 0.35, 0.8, 4, 0},
        unknown{0, 0, 0, 0, 0};
    MarkMeasures wild = crossed_box();
    wild.ring_share = 0.4;
    wild.ring_sectors = 7;
    const auto two = [](const MarkMeasures& a, const MarkMeasures& b, const Habit& habit) {
        std::vector<Rejection> reasons;
        const auto answer = classify_question(
            five_boxes(), judge({a, b, clean_box(), clean_box(), clean_box()}, habit), reasons);
        return answer.state;
    };
    EXPECT_EQ(two(filled_box(), crossed_box(), fills), AnswerState::Ambiguous);
    EXPECT_EQ(two(wild, crossed_box(), overshoots), AnswerState::Ambiguous);
    EXPECT_EQ(two(filled_box(), crossed_box(), unknown), AnswerState::Ambiguous);
}

}  // namespace
}  // namespace verso::scanner

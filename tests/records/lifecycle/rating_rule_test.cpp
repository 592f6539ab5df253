// SPDX-License-Identifier: Apache-2.0
#include "records/lifecycle/rating_rule.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "tests/records/builders.h"

namespace verso::records {
namespace {

using namespace verso::records::testing;
using ::testing::HasSubstr;

const Printed kPrinted = sample_print(OrderNumber{"#1001"}, LayoutNumber{1}, 1);

Reading accepted() {
    Reading reading = sample_reading(kPrinted);
    reading.order = "#1001";
    return reading;
}

TEST(RatingRule, TheFirstAnswerCounts) {
    const auto decision = decide_rating(std::nullopt, sample_response(kPrinted.insert, 3));
    EXPECT_EQ(decision.outcome, ResponseOutcome::First);
    EXPECT_EQ(decision.rating.answers.at("overall"), 3);
}

TEST(RatingRule, EqualAnswersMergeAndMayBringTheComment) {
    Response later = sample_response(kPrinted.insert, 4, Channel::Qr);
    later.comment = "Merci";
    const auto decision = decide_rating(sample_response(kPrinted.insert, 4), later);
    EXPECT_EQ(decision.outcome, ResponseOutcome::Merged);
    EXPECT_EQ(decision.rating.comment, "Merci");
    EXPECT_EQ(decision.rating.channel, Channel::Paper);
}

TEST(RatingRule, ACommentIsPublishedOnlyIfBothAllowIt) {
    Response first = sample_response(kPrinted.insert), later = first;
    first.publish = true;
    EXPECT_FALSE(decide_rating(first, later).rating.publish);
    later.publish = true;
    EXPECT_TRUE(decide_rating(first, later).rating.publish);
}

TEST(RatingRule, AnyDifferenceIsAConflictThatShowsBoth) {
    const Response first = sample_response(kPrinted.insert, 5);
    const auto decision = decide_rating(first, sample_response(kPrinted.insert, 1));
    EXPECT_EQ(decision.outcome, ResponseOutcome::Conflict);
    EXPECT_EQ(decision.rating.answers, first.answers);
    EXPECT_THAT(decision.detail, HasSubstr("overall 5"));
    EXPECT_THAT(decision.detail, HasSubstr("overall 1"));
    Response fewer = first;
    fewer.answers.erase("delivery");
    EXPECT_EQ(decide_rating(first, fewer).outcome, ResponseOutcome::Conflict);
}

TEST(RatingRule, TwoDifferentCommentsAreAConflict) {
    Response first = sample_response(kPrinted.insert), later = first;
    first.comment = "Bien";
    later.comment = "Mal";
    EXPECT_EQ(decide_rating(first, later).outcome, ResponseOutcome::Conflict);
    later.comment = "Bien";
    EXPECT_EQ(decide_rating(first, later).outcome, ResponseOutcome::Merged);
}

TEST(ToResponse, TakesTheMarksOfAnAcceptedCard) {
    const Response response = to_response(accepted(), at(9)).value();
    EXPECT_EQ(response.card, kPrinted.insert.card);
    EXPECT_EQ(response.order.get(), "#1001");
    EXPECT_EQ(response.answers, (Answers{{"overall", 4}}));
    EXPECT_TRUE(response.publish);
    EXPECT_EQ(response.comment, "");
    EXPECT_EQ(response.channel, Channel::Paper);
    EXPECT_EQ(response.recorded_at, at(9));
}

TEST(ToResponse, NothingDoubtfulBecomesAnAnswer) {
    const auto refused = [](auto change) {
        Reading reading = accepted();
        change(reading);
        auto response = to_response(reading, at(9));
        return !response && response.error().code == ErrorCode::NotAllowed;
    };
    EXPECT_TRUE(refused([](Reading& r) { r.verdict = Verdict::Review; }));
    EXPECT_TRUE(refused([](Reading& r) { r.card.reset(); }));
    EXPECT_TRUE(refused([](Reading& r) { r.order.clear(); }));
    EXPECT_TRUE(refused([](Reading& r) { r.answers.erase(r.answers.begin()); }));
    EXPECT_TRUE(refused([](Reading& r) { r.answers.at(1).state = AnswerState::Ambiguous; }));
    EXPECT_TRUE(refused([](Reading& r) { r.answers.at(0).value.reset(); }));
}

}  // namespace
}  // namespace verso::records

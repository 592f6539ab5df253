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

// ---- what is not a score
// -------------------------------------------------------------------------

Response without_score(ResponseKind kind) {
    Response response = sample_response(kPrinted.insert);
    response.kind = kind;
    response.answers.clear();
    return response;
}

TEST(RatingRule, WhatHoldsNoScoreIsNotedAndChangesNothing) {
    for (const auto kind : {ResponseKind::NotReceived, ResponseKind::Cancelled}) {
        EXPECT_EQ(decide_rating(std::nullopt, without_score(kind)).outcome, ResponseOutcome::Noted);
        const auto later = decide_rating(sample_response(kPrinted.insert, 5), without_score(kind));
        EXPECT_EQ(later.outcome, ResponseOutcome::Noted);
        EXPECT_EQ(later.rating.answers.at("overall"), 5);
    }
}

TEST(RatingRule, StarsOfArticlesMergeAndOnlyContradictionsAreAConflict) {
    Response first = sample_response(kPrinted.insert), later = first;
    first.products = {{1, 5}};
    later.products = {{1, 5}, {2, 3}};
    const auto merged = decide_rating(first, later);
    EXPECT_EQ(merged.outcome, ResponseOutcome::Merged);
    EXPECT_EQ(merged.rating.products, (std::map<int, int>{{1, 5}, {2, 3}}));
    later.products = {{1, 4}};
    EXPECT_EQ(decide_rating(first, later).outcome, ResponseOutcome::Conflict);
    EXPECT_EQ(decide_rating(first, later).rating.products, first.products);
}

// ---- amend and withdraw
// --------------------------------------------------------------------------

/// An order rated at at(1000) and the terms of its shop.
struct Rated {
    RatingFacts facts{sample_response(kPrinted.insert, 5), false, at(1000)};
    AmendProof proof{true, {10, 0}};
    Response other = [] {
        Response response = sample_response(kPrinted.insert, 2, Channel::Qr);
        response.recorded_at = at(2000);
        return response;
    }();
    Instant end = at(1000) + std::chrono::hours{240};

    bool may_amend() const { return decide_amendment(facts, other, proof).has_value(); }
    bool may_withdraw() const {
        return decide_withdrawal(facts, other.card, other.recorded_at, proof).has_value();
    }
};

TEST(Amend, TheSameCardReplacesItsAnswerWhole) {
    Rated rated;
    rated.facts.rating->comment = "Bien";
    rated.facts.rating->products = {{1, 5}};
    const auto decision = decide_amendment(rated.facts, rated.other, rated.proof).value();
    EXPECT_EQ(decision.outcome, ResponseOutcome::Amended);
    EXPECT_EQ(decision.rating.answers.at("overall"), 2);
    EXPECT_EQ(decision.rating.comment, "");
    EXPECT_TRUE(decision.rating.products.empty());
    EXPECT_EQ(decision.rating.recorded_at, at(2000));
}

TEST(Amend, SayingTheSameAgainChangesNothing) {
    Rated rated;
    Response again = *rated.facts.rating;
    again.recorded_at = at(2000);
    const auto decision = decide_amendment(rated.facts, again, rated.proof).value();
    EXPECT_EQ(decision.outcome, ResponseOutcome::Merged);
    EXPECT_EQ(decision.rating.recorded_at, at(1000));
}

TEST(Amend, NeedsTheSameCardItsSecretAnAnswerAndTheWindow) {
    const auto refused = [](auto change) {
        Rated rated;
        change(rated);
        return !rated.may_amend() && !rated.may_withdraw();
    };
    EXPECT_FALSE(refused([](Rated&) {}));
    EXPECT_TRUE(refused([](Rated& r) { r.proof.has_secret = false; }));
    EXPECT_TRUE(refused([](Rated& r) { r.other.card = CardId{77}; }));
    EXPECT_TRUE(refused([](Rated& r) { r.facts.rating.reset(); }));
    EXPECT_TRUE(refused([](Rated& r) { r.other.recorded_at = r.end; }));
    EXPECT_TRUE(refused([](Rated& r) { r.proof.terms.amend_days = 0; }));
    EXPECT_FALSE(refused([](Rated& r) { r.other.recorded_at = r.end - std::chrono::seconds{1}; }));
    Rated rated;
    rated.other.answers.erase("overall");
    EXPECT_FALSE(rated.may_amend());
    rated.other = without_score(ResponseKind::NotReceived);
    rated.other.recorded_at = at(2000);
    EXPECT_FALSE(rated.may_amend());
}

TEST(Withdraw, TakesTheAnswerAwayAndWhatComesLaterIsForAPerson) {
    Rated rated;
    const auto taken =
        decide_withdrawal(rated.facts, rated.other.card, at(2000), rated.proof).value();
    EXPECT_EQ(taken.outcome, ResponseOutcome::Withdrawn);
    rated.facts.is_withdrawn = true;
    EXPECT_EQ(rated.facts.counting(), std::nullopt);
    // The paper card may have been in the post before: neither is it the rating, nor is it lost.
    EXPECT_EQ(decide_rating(rated.facts, sample_response(kPrinted.insert, 5)).outcome,
              ResponseOutcome::Conflict);
    EXPECT_EQ(decide_rating(rated.facts, without_score(ResponseKind::NotReceived)).outcome,
              ResponseOutcome::Noted);
    EXPECT_EQ(decide_amendment(rated.facts, rated.other, rated.proof)->outcome,
              ResponseOutcome::Amended);
    EXPECT_TRUE(rated.may_withdraw());
}

TEST(CheckResponse, ScoresAreWholeAndTheOtherKindsHaveNone) {
    const Order order = sample_order("#1001", 2);
    Response response = sample_response(kPrinted.insert);
    EXPECT_TRUE(check_response(response, order));
    response.products = {{1, 1}, {2, 5}};
    EXPECT_TRUE(check_response(response, order));
    response.products = {{1, 0}};
    EXPECT_FALSE(check_response(response, order));
    response.products = {{1, 6}};
    EXPECT_FALSE(check_response(response, order));
    response.products = {{3, 5}};
    EXPECT_EQ(check_response(response, order).error().code, ErrorCode::ValueInvalid);
    response.products.clear();
    response.answers.erase("overall");
    EXPECT_FALSE(check_response(response, order));
    EXPECT_TRUE(check_response(without_score(ResponseKind::NotReceived), order));
    response = sample_response(kPrinted.insert);
    response.kind = ResponseKind::Cancelled;
    EXPECT_FALSE(check_response(response, order));
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

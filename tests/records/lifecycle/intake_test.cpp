// SPDX-License-Identifier: Apache-2.0
// Readings of one printed card go in; ratings, readings and the review queue are looked at.
#include "records/lifecycle/intake.h"

#include <gtest/gtest.h>

#include "core/domain/piece_cells.h"
#include "tests/records/builders.h"
#include "tests/support/piece_ink.h"

namespace verso::records {
namespace {

using namespace verso::records::testing;

const ShopId kShop{1};

class TakingIn : public ::testing::Test {
  protected:
    void SetUp() override {
        store_ = std::move(open_sqlite_store(":memory:")).value();
        ASSERT_TRUE(store_->save_order(kShop, sample_order(), at(0)));
        const LayoutNumber layout = store_->freeze_layout(sample_layout()).value().number;
        printed_ = sample_print(OrderNumber{"#1001"}, layout, 1);
        ASSERT_TRUE(store_->record_prints(kShop, std::span(&printed_.insert, 1)));
    }
    Intake take(const Reading& reading, const std::string& sha256 = "first") {
        const ScanId scan = store_->record_scan(kShop, {"a.tif", sha256, 1, at(1)})->id;
        auto intake = take_in(*store_, kShop, scan, reading, "avis.example.com", at(2));
        EXPECT_TRUE(intake) << intake.error().text();
        return intake ? *intake : Intake{};
    }
    std::unique_ptr<Store> store_;
    Printed printed_;
};

TEST_F(TakingIn, AGoodCardBecomesTheRating) {
    const Intake intake = take(sample_reading(printed_));
    EXPECT_EQ(intake.outcome, ResponseOutcome::First);
    EXPECT_EQ(intake.reading.order, "#1001");
    const Counts counts = store_->counts(kShop).value();
    EXPECT_EQ(counts.ratings, 1);
    EXPECT_EQ(counts.accepted, 1);
    EXPECT_EQ(counts.in_review, 0);
}

TEST_F(TakingIn, AnotherShopsCardIsRecordedNowhere) {
    const ShopId other = store_->create_shop("other").value();
    const ScanId scan = store_->record_scan(other, {"a.tif", "first", 1, at(1)})->id;
    auto refused =
        take_in(*store_, other, scan, sample_reading(printed_), "avis.example.com", at(2));
    EXPECT_EQ(refused.error().code, ErrorCode::NotAllowed);
    EXPECT_EQ(refused.error().text().find("1001"), std::string::npos);
    for (const ShopId shop : {kShop, other}) {
        EXPECT_EQ(store_->counts(shop)->readings, 0);
        EXPECT_EQ(store_->counts(shop)->ratings, 0);
    }
}

TEST_F(TakingIn, TheSameFileAgainChangesNothing) {
    take(sample_reading(printed_));
    const Intake again = take(sample_reading(printed_));
    EXPECT_TRUE(again.seen_before);
    EXPECT_FALSE(again.outcome);
    EXPECT_EQ(again.reading.verdict, Verdict::Accepted);
    EXPECT_EQ(again.reading.order, "#1001");
    EXPECT_EQ(store_->counts(kShop)->responses, 1);
}

TEST_F(TakingIn, AnotherScanWithEqualAnswersMerges) {
    take(sample_reading(printed_));
    EXPECT_EQ(take(sample_reading(printed_), "second").outcome, ResponseOutcome::Merged);
    EXPECT_EQ(store_->counts(kShop)->ratings, 1);
    EXPECT_EQ(store_->counts(kShop)->in_review, 0);
}

TEST_F(TakingIn, ADifferentAnswerWaitsForAPersonOnce) {
    take(sample_reading(printed_, 5));
    const Intake intake = take(sample_reading(printed_, 1), "second");
    EXPECT_EQ(intake.outcome, ResponseOutcome::Conflict);
    EXPECT_EQ(intake.reading.verdict, Verdict::Review);
    EXPECT_TRUE(intake.reading.has_reason(RejectionCode::Duplicate));
    EXPECT_EQ(store_->find_rating(kShop, OrderNumber{"#1001"}).value()->answers.at("overall"), 5);
    EXPECT_EQ(store_->counts(kShop)->responses, 2);
    EXPECT_EQ(store_->counts(kShop)->in_review, 1);
}

/// A reading whose marks another seed draws otherwise.
Reading inked(const Printed& printed, unsigned seed, int overall = 4) {
    Reading reading = sample_reading(printed, overall);
    reading.piece = format_piece(test::inked_card(seed));
    return reading;
}

Reading doubtful(Reading reading) {
    reading.reject(RejectionCode::DoubtfulMark, "delivery", "a dot");
    return reading;
}

TEST_F(TakingIn, AnotherPictureOfAnAcceptedPieceIsNoWorkForAnyone) {
    take(inked(printed_, 1));
    const Intake again = take(doubtful(inked(printed_, 1)), "second");
    EXPECT_TRUE(again.same_piece);
    EXPECT_EQ(again.reading.verdict, Verdict::Accepted);
    EXPECT_EQ(take(inked(printed_, 1), "third").outcome, ResponseOutcome::Merged);
    EXPECT_EQ(store_->counts(kShop)->readings, 3);
    EXPECT_EQ(store_->counts(kShop)->in_review, 0);
}

TEST_F(TakingIn, AnotherPictureOfAPieceInReviewSettlesNothing) {
    take(doubtful(inked(printed_, 1)));
    const Intake again = take(inked(printed_, 1), "second");
    EXPECT_TRUE(again.same_piece);
    EXPECT_EQ(again.reading.verdict, Verdict::Review);
    EXPECT_TRUE(again.reading.has_reason(RejectionCode::DoubtfulMark));
    EXPECT_EQ(store_->counts(kShop)->in_review, 1);
    EXPECT_EQ(store_->counts(kShop)->ratings, 0);
}

TEST_F(TakingIn, TwoReadingsOfOnePieceThatDifferGoToReview) {
    take(inked(printed_, 1, 5));
    const Intake again = take(inked(printed_, 1, 2), "second");
    EXPECT_EQ(again.outcome, ResponseOutcome::Conflict);
    EXPECT_EQ(store_->counts(kShop)->in_review, 1);
}

TEST_F(TakingIn, AnotherPieceWithEqualAnswersIsShownToAPerson) {
    take(inked(printed_, 1));
    const Intake copy = take(inked(printed_, 2), "second");
    EXPECT_EQ(copy.reading.verdict, Verdict::Review);
    EXPECT_TRUE(copy.reading.has_reason(RejectionCode::OtherPiece));
    EXPECT_FALSE(copy.reading.has_reason(RejectionCode::Duplicate));
    EXPECT_EQ(copy.outcome, ResponseOutcome::Merged);
    EXPECT_EQ(store_->counts(kShop)->in_review, 1);
}

TEST_F(TakingIn, AnotherPieceWithOtherAnswersIsShownWithBoth) {
    take(inked(printed_, 1, 5));
    const Intake copy = take(inked(printed_, 2, 1), "second");
    EXPECT_EQ(copy.outcome, ResponseOutcome::Conflict);
    EXPECT_TRUE(copy.reading.has_reason(RejectionCode::OtherPiece));
    EXPECT_TRUE(copy.reading.has_reason(RejectionCode::Duplicate));
    EXPECT_EQ(store_->find_rating(kShop, OrderNumber{"#1001"}).value()->answers.at("overall"), 5);
}

TEST_F(TakingIn, OfTwoPiecesTheSecondRatesNothingWhileTheFirstWaits) {
    take(doubtful(inked(printed_, 1)));
    const Intake copy = take(inked(printed_, 2), "second");
    EXPECT_EQ(copy.reading.verdict, Verdict::Review);
    EXPECT_FALSE(copy.outcome);
    EXPECT_EQ(store_->counts(kShop)->ratings, 0);
    EXPECT_EQ(store_->counts(kShop)->in_review, 2);
}

TEST_F(TakingIn, AForgedCardIsKeptButRatesNothing) {
    Reading reading = sample_reading(printed_);
    reading.secret = sample_print(OrderNumber{"#1001"}, LayoutNumber{1}, 2).secret;
    const Intake intake = take(reading);
    EXPECT_EQ(intake.reading.verdict, Verdict::Review);
    EXPECT_FALSE(intake.outcome);
    const Counts counts = store_->counts(kShop).value();
    EXPECT_EQ(counts.readings, 1);
    EXPECT_EQ(counts.responses, 0);
    EXPECT_EQ(counts.in_review, 1);
}

TEST_F(TakingIn, AnAcceptedReadingWithoutAnOverallAnswerIsNone) {
    Reading reading = sample_reading(printed_);
    reading.answers.erase(reading.answers.begin());
    EXPECT_EQ(take(reading).reading.verdict, Verdict::Review);
    EXPECT_EQ(store_->counts(kShop)->responses, 0);
}

Reading sample_return(const Printed& printed) {
    Reading reading = sample_reading(printed);
    reading.side = SheetSide::Return;
    reading.identified_by = IdentifiedBy::SecondCode;
    reading.secret.reset();
    reading.host.clear();
    reading.answers = {{"line-1", 3, AnswerState::Marked, 0.99, {}},
                       {"line-1-quantity", 1, AnswerState::Marked, 0.99, {}}};
    return reading;
}

TEST_F(TakingIn, AReturnSheetIsKeptAndRatesNothing) {
    const Intake intake = take(sample_return(printed_));
    EXPECT_EQ(intake.reading.verdict, Verdict::Accepted);
    EXPECT_EQ(intake.reading.order, "#1001");
    EXPECT_FALSE(intake.outcome);
    const Counts counts = store_->counts(kShop).value();
    EXPECT_EQ(counts.readings, 1);
    EXPECT_EQ(counts.responses, 0);
    EXPECT_EQ(counts.in_review, 0);
}

TEST_F(TakingIn, AReturnSheetOfARatedOrderIsNoDuplicate) {
    take(sample_reading(printed_));
    const Intake intake = take(sample_return(printed_), "second");
    EXPECT_EQ(intake.reading.verdict, Verdict::Accepted);
    EXPECT_TRUE(intake.reading.reasons.empty());
    EXPECT_EQ(store_->counts(kShop)->in_review, 0);
}

TEST_F(TakingIn, AReturnSheetThatLooksLikeARatingRatesNothing) {
    Reading reading = sample_reading(printed_);
    reading.side = SheetSide::Return;
    EXPECT_FALSE(take(reading).outcome);
    EXPECT_EQ(store_->counts(kShop)->responses, 0);
}

TEST_F(TakingIn, EmptySidesWaitForNobody) {
    Reading blank, address;
    blank.source = address.source = "a.tif";
    blank.side = SheetSide::Blank;
    address.side = SheetSide::Address;
    address.page = 2;
    blank.reasons = {{RejectionCode::BlankSide, "", "nothing on it"}};
    take(blank);
    EXPECT_EQ(take(address).reading.verdict, Verdict::Unreadable);
    EXPECT_EQ(store_->counts(kShop)->readings, 2);
    EXPECT_EQ(store_->counts(kShop)->in_review, 0);
}

TEST_F(TakingIn, APictureWithoutACardIsKept) {
    Reading reading;
    reading.source = "b.jpg";
    EXPECT_EQ(take(reading).reading.verdict, Verdict::Unreadable);
    EXPECT_EQ(store_->counts(kShop)->in_review, 1);
}

}  // namespace
}  // namespace verso::records

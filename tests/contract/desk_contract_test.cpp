// SPDX-License-Identifier: Apache-2.0
#include <gmock/gmock.h>

#include "records/store/card_look.h"
#include "records/store/desk_book.h"
#include "records/store/review_book.h"
#include "tests/contract/any_store.h"

namespace verso::records::testing {
namespace {

using ::testing::ElementsAre;
using ::testing::HasSubstr;
using ::testing::IsEmpty;

const ShopId kShop{1};
const OrderNumber kOrder{"#1001"};

/// A shop with order #1001, one print of it, and one thing in review on which no code was read.
class DeskContract : public AnyStore {
  protected:
    void SetUp() override {
        AnyStore::SetUp();
        ASSERT_TRUE(store_->save_order(kShop, sample_order(), at(0)));
        auto layout = store_->freeze_layout(sample_layout());
        ASSERT_TRUE(layout);
        layout_ = layout->number;
        print_ = sample_print(kOrder, layout_, 7).insert;
        ASSERT_TRUE(store_->record_prints(kShop, std::span(&print_, 1)));
        auto scan = store_->record_scan(kShop, {"a.tif", std::string(64, 'a'), 1, at(1)});
        ASSERT_TRUE(scan);
        Reading reading;
        reading.source = "a.tif";
        reading.verdict = Verdict::Review;
        reading.reasons = {{RejectionCode::NoCode, "", "neither code could be read"}};
        ASSERT_TRUE(store_->record_reading(kShop, scan->id, reading, at(2)));
        item_ = item().id;
    }
    DeskBook& desk() { return desk_of(*store_); }
    ReviewItem item() {
        auto queue = store_->review_queue(kShop);
        EXPECT_TRUE(queue && queue->size() == 1);
        return queue && !queue->empty() ? queue->front() : ReviewItem{};
    }

    LayoutNumber layout_;
    PrintedInsert print_;
    ReviewId item_;
};

TEST_P(DeskContract, ALookAtACardSaysWhatItsRecordSaysAndTheOrdersLanguageNow) {
    Order order = store_->find_order(kShop, print_.order).value();
    order.language = "pl";
    ASSERT_TRUE(store_->save_order(kShop, order, at(60)));
    const auto look = look_at_card(*store_, print_.card).value();
    ASSERT_TRUE(look);
    const auto record = store_->find_card(print_.card).value().value();
    EXPECT_EQ(look->language, "pl");
    EXPECT_EQ(look->card.insert.insert, record.insert.insert);
    EXPECT_EQ(look->card.insert.proof.secret_hash, record.insert.proof.secret_hash);
    EXPECT_EQ(look->card.state, record.state);
    EXPECT_EQ(look->card.phase, record.phase);
    EXPECT_FALSE(look_at_card(*store_, CardId{42}).value());
}

TEST_P(DeskContract, RevisionsWithTheirMomentAndGaps) {
    Order changed = sample_order();
    changed.revision = 2'000'000'000;
    changed.note = "changed";
    ASSERT_TRUE(store_->save_order(kShop, changed, at(9)));
    auto kept = desk().revisions_of(kShop, kOrder);
    ASSERT_TRUE(kept);
    EXPECT_THAT(*kept, ElementsAre(KeptRevision{1, at(0)}, KeptRevision{2'000'000'000, at(9)}));
    EXPECT_EQ(desk().revisions_of(ShopId{2}, kOrder).error().code, ErrorCode::NotFound);
}

TEST_P(DeskContract, TheShopsNextExportUndoesNoCancel) {
    Order cancelled = sample_order();
    cancelled.status = OrderStatus::Cancelled;
    ASSERT_EQ(desk().edit_order(kShop, cancelled, at(9)).value(), Saved::Changed);
    EXPECT_EQ(desk().edit_order(kShop, cancelled, at(9)).value(), Saved::Unchanged);
    Order again = sample_order();
    auto same = store_->save_orders(kShop, std::span(&again, 1), at(10));
    ASSERT_TRUE(same);
    EXPECT_EQ(same->front().saved, Saved::Unchanged);
    EXPECT_THAT(same->front().kept, HasSubstr("status cancelled instead of open"));
    if (!is_memory()) reopen();
    EXPECT_EQ(store_->order_as_said(kShop, kOrder)->status, OrderStatus::Open);
    again.email = "other@example.com";
    EXPECT_EQ(store_->save_order(kShop, again, at(11)).value(), Saved::Changed);
    Order now = store_->find_order(kShop, kOrder).value();
    EXPECT_EQ(now.status, OrderStatus::Cancelled);
    EXPECT_EQ(now.email, "other@example.com");
    EXPECT_EQ(now.revision, 3);
    EXPECT_EQ(store_->save_order(kShop, again, at(12)).value(), Saved::Unchanged);
}

TEST_P(DeskContract, AnExportThatHasCaughtUpIsTheShopsAgain) {
    Order cancelled = sample_order();
    cancelled.status = OrderStatus::Cancelled;
    ASSERT_TRUE(desk().edit_order(kShop, cancelled, at(9)));
    auto said = store_->save_orders(kShop, std::span(&cancelled, 1), at(10));
    ASSERT_TRUE(said);
    EXPECT_EQ(said->front().saved, Saved::Unchanged);
    EXPECT_EQ(said->front().kept, "");
    // Now it is the shop that takes its cancel back.
    EXPECT_EQ(store_->save_order(kShop, sample_order(), at(11)).value(), Saved::Changed);
    EXPECT_EQ(store_->find_order(kShop, kOrder)->status, OrderStatus::Open);
}

TEST_P(DeskContract, AnEditVoidsWhatIsPrintedAndIsAnothersToFind) {
    Order edited = sample_order();
    edited.lines.at(0).quantity = 9;
    ASSERT_EQ(desk().edit_order(kShop, edited, at(9)).value(), Saved::Changed);
    EXPECT_EQ(store_->find_card(print_.card).value()->state, CardState::Voided);
    EXPECT_EQ(desk().edit_order(ShopId{2}, edited, at(9)).error().code, ErrorCode::NotFound);
    edited.lines.clear();
    EXPECT_EQ(desk().edit_order(kShop, edited, at(9)).error().code, ErrorCode::ValueInvalid);
}

TEST_P(DeskContract, WhatWasDoneToAnOrderIsKept) {
    const DeskEntry one{at(3), "Zoé", "edit", "l’adresse"}, two{at(4), "Max", "cancel", ""};
    ASSERT_TRUE(desk().note_order(kShop, kOrder, one));
    ASSERT_TRUE(desk().note_order(kShop, kOrder, two));
    if (!is_memory()) reopen();
    EXPECT_THAT(desk().order_notes(kShop, kOrder).value(), ElementsAre(one, two));
    EXPECT_EQ(desk().note_order(kShop, kOrder, {at(5), "", "edit", ""}).error().code,
              ErrorCode::ValueInvalid);
    EXPECT_EQ(desk().note_order(ShopId{2}, kOrder, one).error().code, ErrorCode::NotFound);
    EXPECT_EQ(desk().order_notes(ShopId{2}, kOrder).error().code, ErrorCode::NotFound);
}

TEST_P(DeskContract, WhatWasDoneInReviewIsKept) {
    const DeskEntry one{at(3), "Zoé", "rescan", "too dark"};
    EXPECT_THAT(desk().review_notes(kShop, item_).value(), IsEmpty());
    ASSERT_TRUE(desk().note_review(kShop, item_, one));
    ASSERT_TRUE(store_->settle_review(kShop, item_, "discarded", at(4)));
    EXPECT_THAT(desk().review_notes(kShop, item_).value(), ElementsAre(one));
    EXPECT_EQ(desk().note_review(ShopId{2}, item_, one).error().code, ErrorCode::NotFound);
    EXPECT_EQ(desk().review_notes(ShopId{2}, item_).error().code, ErrorCode::NotFound);
}

TEST_P(DeskContract, ACardIsNamedOnceAndOnlyOneOfOurs) {
    const CardId foreign{12345};
    EXPECT_EQ(desk().identify_review(kShop, item_, foreign).error().code, ErrorCode::NotFound);
    EXPECT_EQ(desk().identify_review(ShopId{2}, item_, print_.card).error().code,
              ErrorCode::NotFound);
    ASSERT_TRUE(desk().identify_review(kShop, item_, print_.card));
    EXPECT_EQ(item().card, print_.card);
    EXPECT_EQ(item().order, "#1001");
    EXPECT_TRUE(desk().identify_review(kShop, item_, print_.card)) << "the same again";
    const PrintedInsert other = sample_print(kOrder, layout_, 8).insert;
    ASSERT_TRUE(store_->record_prints(kShop, std::span(&other, 1)));
    EXPECT_EQ(desk().identify_review(kShop, item_, other.card).error().code, ErrorCode::NotAllowed);
    ASSERT_TRUE(store_->settle_review(kShop, item_, "done", at(9)));
    EXPECT_EQ(desk().identify_review(kShop, item_, print_.card).error().code, ErrorCode::NotFound);
}

TEST_P(DeskContract, AVoidedCardIsNotNamed) {
    ASSERT_TRUE(store_->void_card(kShop, print_.card, "reprint", at(3)));
    EXPECT_EQ(desk().identify_review(kShop, item_, print_.card).error().code,
              ErrorCode::NotAllowed);
    EXPECT_FALSE(item().card);
}

TEST_P(DeskContract, WhatWaitsIsFoundByItsNumberWithItsPicture) {
    ReviewBook& reviews = reviews_of(*store_);
    EXPECT_EQ(reviews.find_open(kShop, item_).value().value().source, "a.tif");
    EXPECT_EQ(reviews.picture_of(kShop, item_).value(),
              (ReviewPicture{std::string(64, 'a'), "a.tif"}));
    EXPECT_EQ(reviews.open_after(kShop, ReviewId{0}, 5)->size(), 1u);
    EXPECT_THAT(*reviews.open_after(kShop, item_, 5), IsEmpty());
    ASSERT_TRUE(store_->settle_review(kShop, item_, "discarded", at(4)));
    EXPECT_FALSE(reviews.find_open(kShop, item_).value());
    EXPECT_THAT(*reviews.open_after(kShop, ReviewId{0}, 5), IsEmpty());
}

TEST_P(DeskContract, OnlyTheLastThingOfThisPersonGoesBackIntoTheQueue) {
    ReviewBook& reviews = reviews_of(*store_);
    EXPECT_FALSE(reviews.last_done(kShop, "Max", at(0)).value());
    ASSERT_TRUE(desk().note_review(kShop, item_, {at(3), "Max", "discard", "a drawing"}));
    EXPECT_FALSE(reviews.last_done(kShop, "Max", at(0)).value()) << "it waits still";
    ASSERT_TRUE(store_->settle_review(kShop, item_, "discarded", at(3)));
    EXPECT_FALSE(reviews.last_done(kShop, "Zoé", at(0)).value());
    EXPECT_FALSE(reviews.last_done(kShop, "Max", at(4)).value()) << "too long ago";
    const auto done = reviews.last_done(kShop, "Max", at(3)).value();
    ASSERT_TRUE(done);
    EXPECT_EQ(done->item.id, item_);
    EXPECT_EQ(done->entry.detail, "a drawing");
    ASSERT_TRUE(reviews.reopen_review(kShop, item_));
    EXPECT_EQ(item().id, item_);
    EXPECT_EQ(reviews.reopen_review(kShop, item_).error().code, ErrorCode::NotFound);
}

TEST_P(DeskContract, AnAnswerThatTheStaffTookBackCountsNoMore) {
    ReviewBook& reviews = reviews_of(*store_);
    EXPECT_EQ(reviews.take_back(kShop, kOrder, print_.card, at(5)).error().code,
              ErrorCode::NotAllowed);
    ASSERT_TRUE(store_->record_response(kShop, sample_response(print_, 5), std::nullopt));
    ASSERT_TRUE(reviews.take_back(kShop, kOrder, print_.card, at(5)));
    EXPECT_FALSE(store_->find_rating(kShop, kOrder).value());
    EXPECT_EQ(store_->responses_of(kShop, kOrder)->size(), 2u) << "what was said stays";
    EXPECT_EQ(reviews.take_back(kShop, kOrder, print_.card, at(6)).error().code,
              ErrorCode::NotAllowed);
}

TEST_P(DeskContract, ScansTellWhatWasReadOnThem) {
    ReviewBook& reviews = reviews_of(*store_);
    const auto scans = reviews.recent_scans(kShop, 5).value();
    ASSERT_EQ(scans.size(), 1u);
    EXPECT_EQ(scans[0].path, "a.tif");
    EXPECT_EQ(scans[0].accepted, 0);
    EXPECT_EQ(scans[0].review, 1);
    EXPECT_EQ(scans[0].waiting, 1);
    ASSERT_TRUE(store_->settle_review(kShop, item_, "done", at(4)));
    EXPECT_EQ(reviews.find_scan(kShop, std::string(64, 'a')).value()->waiting, 0);
    EXPECT_FALSE(reviews.find_scan(kShop, std::string(64, 'b')).value());
}

TEST_P(DeskContract, AJobIsFoundByItsKeyInAnyState) {
    ReviewBook& reviews = reviews_of(*store_);
    EXPECT_FALSE(reviews.find_job(kShop, "scan", "k").value());
    ASSERT_TRUE(store_->jobs().enqueue(kShop, {"scan", "k", "{}", at(0), 1}, at(1)).value());
    const auto job = reviews.find_job(kShop, "scan", "k").value();
    ASSERT_TRUE(job);
    EXPECT_EQ(job->state, JobState::Waiting);
    LeaseRequest request;
    request.kinds = {{"scan", 0}};
    const auto leased = store_->jobs().lease(request, at(2)).value();
    ASSERT_TRUE(store_->jobs().fail(leased.at(0), "no picture", std::nullopt, at(3)));
    EXPECT_EQ(reviews.find_job(kShop, "scan", "k")->value().last_error, "no picture");
    EXPECT_EQ(reviews.find_job(kShop, "scan", "k")->value().state, JobState::Dead);
}

VERSO_ON_EVERY_STORE(DeskContract);

}  // namespace
}  // namespace verso::records::testing

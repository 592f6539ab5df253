// SPDX-License-Identifier: Apache-2.0
// What every Store must do, whichever database is below: each case runs over all of them.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <filesystem>
#include <set>
#include <stdexcept>

#include "records/store/store.h"
#include "tests/contract/any_store.h"

namespace verso::records {
namespace {

using namespace verso::records::testing;
using ::testing::ElementsAre;

const ShopId kShop{1};

class StoreContract : public AnyStore {
  protected:
    void have_order(const std::string& number, int parcels = 1) {
        auto saved = store_->save_order(kShop, sample_order(number, parcels), at(0));
        ASSERT_TRUE(saved) << saved.error().text();
    }
    LayoutNumber have_layout() { return store_->freeze_layout(sample_layout()).value().number; }
    Printed have_print(const std::string& number, std::uint64_t seed, int parcel = 1) {
        Printed printed = sample_print(OrderNumber{number}, have_layout(), seed, parcel);
        auto recorded = store_->record_prints(kShop, std::span(&printed.insert, 1));
        EXPECT_TRUE(recorded) << recorded.error().text();
        return printed;
    }
    std::vector<Rating> all_ratings() {
        std::vector<Rating> found;
        EXPECT_TRUE(store_->ratings(kShop, [&](const Rating& rating) -> Result<void> {
            found.push_back(rating);
            return {};
        }));
        return found;
    }
};

TEST_P(StoreContract, GivesBackTheOrderItWasGiven) {
    const Order order = sample_order("#1001", 2);
    EXPECT_EQ(store_->save_order(kShop, order, at(0)).value(), Saved::New);
    EXPECT_EQ(store_->find_order(kShop, OrderNumber{"#1001"}).value(), order);
}

TEST_P(StoreContract, EmptyTimesStayEmpty) {
    Order order = sample_order();
    order.paid_at.reset();
    order.promised_on.reset();
    order.cancelled_at = ZonedTime{at(9), std::chrono::minutes{-210}};
    ASSERT_TRUE(store_->save_order(kShop, order, at(0)));
    EXPECT_EQ(store_->find_order(kShop, order.number).value(), order);
}

TEST_P(StoreContract, SavingTheSameOrderAgainChangesNothing) {
    have_order("#1001");
    EXPECT_EQ(store_->save_order(kShop, sample_order(), at(50)).value(), Saved::Unchanged);
    EXPECT_EQ(store_->find_order(kShop, OrderNumber{"#1001"})->revision, 1);
}

TEST_P(StoreContract, AChangedOrderIsANewRevisionAndTheOldOneStays) {
    have_order("#1001");
    Order changed = sample_order();
    changed.ship_to.city = "Joyeuse";
    EXPECT_EQ(store_->save_order(kShop, changed, at(50)).value(), Saved::Changed);
    EXPECT_EQ(store_->find_order(kShop, changed.number)->revision, 2);
    EXPECT_EQ(store_->find_order(kShop, changed.number)->ship_to.city, "Joyeuse");
    EXPECT_EQ(store_->find_order(kShop, changed.number, 1).value(), sample_order());
    changed.note = "";
    changed.revision = 9;
    EXPECT_EQ(store_->save_order(kShop, changed, at(60)).value(), Saved::Changed);
    EXPECT_EQ(store_->find_order(kShop, changed.number)->revision, 9);
}

TEST_P(StoreContract, RefusesAnOrderThatIsNotWhole) {
    Order order = sample_order();
    order.lines.clear();
    EXPECT_EQ(store_->save_order(kShop, order, at(0)).error().code, ErrorCode::ValueInvalid);
}

TEST_P(StoreContract, UnknownOrdersAreNotFound) {
    EXPECT_EQ(store_->find_order(kShop, OrderNumber{"#9"}).error().code, ErrorCode::NotFound);
    have_order("#9");
    EXPECT_EQ(store_->find_order(kShop, OrderNumber{"#9"}, 2).error().code, ErrorCode::NotFound);
}

TEST_P(StoreContract, ListsByTheMomentPlacedThenNaturallyByNumber) {
    for (const char* number : {"#1000", "#999", "#1001"}) have_order(number, 2);
    Order early = sample_order("#2000");
    early.placed_at.utc -= std::chrono::hours{1};
    ASSERT_TRUE(store_->save_order(kShop, early, at(0)));
    std::vector<std::string> listed, visited;
    const auto rows = store_->list_orders(kShop).value();
    for (const auto& row : rows) listed.push_back(row.number.get());
    EXPECT_THAT(listed, ElementsAre("#2000", "#999", "#1000", "#1001"));
    EXPECT_TRUE(store_->orders(kShop, [&](const Order& order) -> Result<void> {
        visited.push_back(order.number.get());
        return {};
    }));
    EXPECT_EQ(visited, listed);
    const auto& last = rows.back();
    EXPECT_EQ(last.lines, 2);
    EXPECT_EQ(last.parcels, 2);
    EXPECT_EQ(last.total, Money{1870});
}

TEST_P(StoreContract, OneShopNeverSeesAnother) {
    have_order("#1001");
    const Printed printed = have_print("#1001", 1);
    ASSERT_TRUE(store_->record_response(kShop, sample_response(printed.insert), std::nullopt));
    const ShopId other = store_->create_shop("Autre").value();
    EXPECT_NE(other, kShop);
    EXPECT_EQ(store_->find_order(other, OrderNumber{"#1001"}).error().code, ErrorCode::NotFound);
    EXPECT_TRUE(store_->list_orders(other)->empty());
    EXPECT_TRUE(store_->cards_of(other, OrderNumber{"#1001"})->empty());
    EXPECT_FALSE(store_->find_rating(other, OrderNumber{"#1001"})->has_value());
    EXPECT_EQ(
        store_->record_response(other, sample_response(printed.insert), std::nullopt).error().code,
        ErrorCode::NotFound);
    EXPECT_EQ(store_->counts(other)->orders, 0);
    EXPECT_EQ(store_->save_order(other, sample_order("#1001"), at(0)).value(), Saved::New);
}

TEST_P(StoreContract, ALayoutKeepsItsNumberForEver) {
    const Layout first = store_->freeze_layout(sample_layout()).value();
    const Layout second = store_->freeze_layout(sample_layout("label")).value();
    EXPECT_EQ(first.number.get(), 1);
    EXPECT_EQ(second.number.get(), 2);
    EXPECT_EQ(store_->freeze_layout(sample_layout())->number, first.number);
    EXPECT_THAT(store_->layouts().value(), ElementsAre(first, second));
}

TEST_P(StoreContract, KnowsEveryCardItPrintedButNotItsSecret) {
    have_order("#1001", 2);
    const Printed printed = have_print("#1001", 7, 2);
    const auto record = store_->find_card(printed.insert.card).value();
    ASSERT_TRUE(record);
    EXPECT_EQ(record->shop, kShop);
    EXPECT_EQ(record->insert.order.get(), "#1001");
    EXPECT_EQ(record->insert.parcel, 2);
    EXPECT_EQ(record->insert.proof, printed.insert.proof);
    EXPECT_EQ(record->insert.rma, printed.insert.rma);
    EXPECT_EQ(record->insert.printed_at, at(100));
    EXPECT_EQ(record->state, CardState::Printed);
    EXPECT_TRUE(
        secret_matches(record->insert.card, printed.secret, record->insert.proof.secret_hash));
    EXPECT_FALSE(store_->find_card(CardId{12345})->has_value());
    EXPECT_EQ(store_->cards_of(kShop, OrderNumber{"#1001"})->size(), 1U);
}

TEST_P(StoreContract, KnowsWhichRmasAreTaken) {
    have_order("#1001");
    const Printed printed = have_print("#1001", 7);
    EXPECT_TRUE(store_->rma_taken(kShop, printed.insert.rma).value());
    EXPECT_FALSE(store_->rma_taken(kShop, make_rma(99)).value());
    EXPECT_FALSE(store_->rma_taken(ShopId{2}, printed.insert.rma).value()) << "another shop's";
}

TEST_P(StoreContract, PrintsAreKeptAllOrNone) {
    have_order("#1001");
    const LayoutNumber layout = have_layout();
    std::vector<PrintedInsert> wave{sample_print(OrderNumber{"#1001"}, layout, 1).insert,
                                    sample_print(OrderNumber{"#404"}, layout, 2).insert};
    EXPECT_EQ(store_->record_prints(kShop, wave).error().code, ErrorCode::NotFound);
    EXPECT_EQ(store_->counts(kShop)->inserts, 0);
    wave[1] = wave[0];
    EXPECT_EQ(store_->record_prints(kShop, wave).error().code, ErrorCode::AlreadyExists);
    EXPECT_EQ(store_->counts(kShop)->inserts, 0);
    wave.pop_back();
    EXPECT_TRUE(store_->record_prints(kShop, wave));
    wave[0].layout = LayoutNumber{77};
    EXPECT_EQ(store_->record_prints(kShop, wave).error().code, ErrorCode::NotFound);
}

TEST_P(StoreContract, AVoidedCardIsVoidedOnceAndTakesNoAnswer) {
    have_order("#1001");
    const Printed printed = have_print("#1001", 1);
    EXPECT_EQ(store_->void_card(kShop, printed.insert.card, "", at(1)).error().code,
              ErrorCode::ValueInvalid);
    EXPECT_TRUE(store_->void_card(kShop, printed.insert.card, "reprint", at(1)));
    EXPECT_EQ(store_->void_card(kShop, printed.insert.card, "again", at(2)).error().code,
              ErrorCode::NotAllowed);
    EXPECT_EQ(store_->void_card(kShop, CardId{5}, "why", at(2)).error().code, ErrorCode::NotFound);
    const auto record = store_->find_card(printed.insert.card).value();
    EXPECT_EQ(record->state, CardState::Voided);
    EXPECT_EQ(record->void_reason, "reprint");
    EXPECT_EQ(record->voided_at, at(1));
    EXPECT_EQ(
        store_->record_response(kShop, sample_response(printed.insert), std::nullopt).error().code,
        ErrorCode::NotAllowed);
    EXPECT_TRUE(all_ratings().empty());
}

TEST_P(StoreContract, TheSameFileIsOneScan) {
    const ScanFacts scan{"a.tif", "abc", 2, at(1)};
    const auto first = store_->record_scan(kShop, scan).value();
    EXPECT_FALSE(first.seen_before);
    const auto second = store_->record_scan(kShop, {"copy of a.tif", "abc", 2, at(9)}).value();
    EXPECT_TRUE(second.seen_before);
    EXPECT_EQ(first.id, second.id);
}

TEST_P(StoreContract, AReadingInDoubtWaitsForAPerson) {
    const auto scan = store_->record_scan(kShop, {"a.tif", "abc", 1, at(1)})->id;
    Reading reading;
    reading.source = "a.tif";
    reading.verdict = Verdict::Review;
    reading.card = CardId{77};
    reading.order = "#1001";
    reading.reasons = {{RejectionCode::TwoMarks, "delivery", "two boxes are marked"}};
    const auto recorded = store_->record_reading(kShop, scan, reading, at(2)).value();
    EXPECT_TRUE(store_->record_reading(kShop, scan, reading, at(3))->seen_before);
    const auto queue = store_->review_queue(kShop).value();
    ASSERT_EQ(queue.size(), 1U);
    EXPECT_EQ(queue[0].reading, recorded.id);
    EXPECT_EQ(queue[0].reasons, reading.reasons);
    EXPECT_EQ(queue[0].card, reading.card);
    EXPECT_EQ(queue[0].source, "a.tif");
    EXPECT_EQ(queue[0].opened_at, at(2));
    EXPECT_THAT(queue[0].reading_json, ::testing::HasSubstr("two-marks"));
    EXPECT_TRUE(store_->settle_review(kShop, queue[0].id, "overall 4", at(5)));
    EXPECT_TRUE(store_->review_queue(kShop)->empty());
    EXPECT_EQ(store_->settle_review(kShop, queue[0].id, "again", at(6)).error().code,
              ErrorCode::NotFound);
    EXPECT_EQ(store_->record_reading(kShop, ScanId{99}, reading, at(3)).error().code,
              ErrorCode::NotFound);
}

TEST_P(StoreContract, TheFirstResponseIsTheRating) {
    have_order("#1001");
    const Printed printed = have_print("#1001", 1);
    const Response response = sample_response(printed.insert, 5);
    EXPECT_EQ(store_->record_response(kShop, response, std::nullopt)->outcome,
              ResponseOutcome::First);
    EXPECT_EQ(store_->find_card(printed.insert.card).value()->state, CardState::Answered);
    const auto ratings = all_ratings();
    ASSERT_EQ(ratings.size(), 1U);
    EXPECT_EQ(ratings[0].answers, response.answers);
    EXPECT_EQ(ratings[0].recorded_at, response.recorded_at);
    EXPECT_EQ(ratings[0].order.get(), "#1001");
}

TEST_P(StoreContract, AnEqualAnswerOfTheOtherParcelMerges) {
    have_order("#1001", 2);
    const Printed one = have_print("#1001", 1, 1), two = have_print("#1001", 2, 2);
    ASSERT_TRUE(store_->record_response(kShop, sample_response(one.insert), std::nullopt));
    Response later = sample_response(two.insert, 4, Channel::Qr);
    later.comment = "Très bien";
    EXPECT_EQ(store_->record_response(kShop, later, std::nullopt)->outcome,
              ResponseOutcome::Merged);
    ASSERT_EQ(all_ratings().size(), 1U);
    EXPECT_EQ(all_ratings()[0].comment, "Très bien");
    EXPECT_EQ(all_ratings()[0].card, one.insert.card);
    EXPECT_EQ(store_->responses_of(kShop, OrderNumber{"#1001"})->size(), 2U);
    EXPECT_TRUE(store_->review_queue(kShop)->empty());
}

TEST_P(StoreContract, AnotherAnswerLeavesTheRatingAndWaitsForAPerson) {
    have_order("#1001");
    const Printed printed = have_print("#1001", 1);
    ASSERT_TRUE(store_->record_response(kShop, sample_response(printed.insert, 5), std::nullopt));
    EXPECT_EQ(
        store_
            ->record_response(kShop, sample_response(printed.insert, 1, Channel::Qr), std::nullopt)
            ->outcome,
        ResponseOutcome::Conflict);
    ASSERT_EQ(all_ratings().size(), 1U);
    EXPECT_EQ(all_ratings()[0].answers.at("overall"), 5);
    EXPECT_EQ(store_->responses_of(kShop, OrderNumber{"#1001"})->size(), 2U);
    const auto queue = store_->review_queue(kShop).value();
    ASSERT_EQ(queue.size(), 1U);
    EXPECT_EQ(queue[0].reasons.at(0).code, RejectionCode::Duplicate);
    EXPECT_TRUE(queue[0].response);
}

TEST_P(StoreContract, AResponseForAnotherOrderIsRefused) {
    have_order("#1001");
    have_order("#1002");
    const Printed printed = have_print("#1001", 1);
    Response response = sample_response(printed.insert);
    response.order = OrderNumber{"#1002"};
    EXPECT_EQ(store_->record_response(kShop, response, std::nullopt).error().code,
              ErrorCode::NotFound);
}

TEST_P(StoreContract, AnUncommittedTransactionLeavesNothing) {
    {
        auto transaction = store_->begin().value();
        have_order("#1001");
        EXPECT_TRUE(store_->find_order(kShop, OrderNumber{"#1001"}));
    }
    EXPECT_FALSE(store_->find_order(kShop, OrderNumber{"#1001"}));
}

TEST_P(StoreContract, AnInnerScopeIsTakenBackAlone) {
    auto transaction = store_->begin().value();
    have_order("#1001");
    {
        auto inner = store_->begin().value();
        have_order("#1002");
    }
    EXPECT_TRUE(transaction->commit());
    transaction.reset();
    EXPECT_TRUE(store_->find_order(kShop, OrderNumber{"#1001"}));
    EXPECT_FALSE(store_->find_order(kShop, OrderNumber{"#1002"}));
}

// Each write of each method fails once in turn; what the method reports as failed has left nothing.
TEST_P(StoreContract, AFailureBetweenAnyTwoWritesLeavesNothingHalf) {
    have_order("#1001");
    const LayoutNumber layout = have_layout();
    const Printed printed = sample_print(OrderNumber{"#1001"}, layout, 1, 1, 2);
    const auto scan = store_->record_scan(kShop, {"a.tif", "abc", 1, at(1)})->id;
    Reading doubtful;
    doubtful.verdict = Verdict::Review;
    const std::vector<std::function<bool()>> writes{
        [&] { return store_->save_order(kShop, sample_order("#1003", 3), at(0)).has_value(); },
        [&] {
            Order changed = sample_order("#1001");
            changed.note = "anders";
            return store_->save_order(kShop, changed, at(0)).has_value();
        },
        [&] { return store_->record_prints(kShop, std::span(&printed.insert, 1)).has_value(); },
        [&] { return store_->record_reading(kShop, scan, doubtful, at(0)).has_value(); },
        [&] {
            return store_->record_response(kShop, sample_response(printed.insert, 5), std::nullopt)
                .has_value();
        },
        [&] {
            return store_->record_response(kShop, sample_response(printed.insert, 1), std::nullopt)
                .has_value();
        }};
    const auto state = [&] {
        const Counts c = store_->counts(kShop).value();
        return std::tuple(c.orders, c.inserts, c.readings, c.responses, c.ratings, c.in_review,
                          store_->find_order(kShop, OrderNumber{"#1001"})->revision);
    };
    for (const auto& write : writes) {
        const auto before = state();
        int failures = 0;
        for (;; ++failures) {
            fail_after_ = failures;
            const bool done = write();
            fail_after_.reset();
            if (done) break;
            ASSERT_LT(failures, 100) << "it fails by itself";
            EXPECT_EQ(state(), before) << "after failure " << failures;
        }
        EXPECT_GE(failures, 2) << "the hook was not reached";
        EXPECT_NE(state(), before);
    }
}

VERSO_ON_EVERY_STORE(StoreContract);

}  // namespace
}  // namespace verso::records

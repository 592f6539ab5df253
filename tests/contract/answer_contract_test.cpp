// SPDX-License-Identifier: Apache-2.0
// What becomes of answers: other kinds, amended, taken back, and what they count for.
#include <gmock/gmock.h>

#include <random>

#include "records/figures/recompute.h"
#include "tests/contract/any_store.h"

namespace verso::records {
namespace {

using namespace verso::records::testing;

const ShopId kShop{1};

class AnswerContract : public AnyStore {
  protected:
    PrintedInsert print(const std::string& number, std::uint64_t seed) {
        EXPECT_TRUE(store_->save_order(kShop, sample_order(number), at(0)));
        const auto layout = store_->freeze_layout(sample_layout()).value().number;
        const PrintedInsert insert = sample_print(OrderNumber{number}, layout, seed).insert;
        EXPECT_TRUE(store_->record_prints(kShop, std::span(&insert, 1)));
        return insert;
    }
    ResponseOutcome record(const Response& response) {
        auto recorded = store_->record_response(kShop, response, std::nullopt);
        EXPECT_TRUE(recorded) << recorded.error().text();
        return recorded ? recorded->outcome : ResponseOutcome::Conflict;
    }
    std::optional<Rating> rating(const std::string& number) {
        return store_->find_rating(kShop, OrderNumber{number}).value();
    }
    CardPhase phase(const PrintedInsert& insert) {
        return store_->find_card(insert.card).value()->phase;
    }
    const AmendProof owner_{true, CardTerms{30, 0}};
};

TEST_P(AnswerContract, NotReceivedIsKeptAndDoesNotSpendTheCard) {
    const PrintedInsert insert = print("#1", 1);
    Response later = sample_response(insert, 5, Channel::Qr);
    later.kind = ResponseKind::NotReceived;
    later.answers.clear();
    EXPECT_EQ(record(later), ResponseOutcome::Noted);
    EXPECT_FALSE(rating("#1"));
    EXPECT_FALSE(is_spent(phase(insert)));
    EXPECT_EQ(store_->responses_of(kShop, OrderNumber{"#1"}).value().at(0), later);
    EXPECT_EQ(record(sample_response(insert, 5, Channel::Qr)), ResponseOutcome::First);
    EXPECT_EQ(phase(insert), CardPhase::Final);
}

TEST_P(AnswerContract, TheCardsOwnerAmendsAndTakesBack) {
    const PrintedInsert insert = print("#1", 1);
    Response first = sample_response(insert, 2, Channel::Qr);
    first.products = {{1, 3}};
    record(first);
    EXPECT_EQ(rating("#1")->products, first.products);
    Response better = sample_response(insert, 4, Channel::Qr);
    better.recorded_at = at(5000);
    EXPECT_EQ(store_->amend_response(kShop, better, owner_)->outcome, ResponseOutcome::Amended);
    EXPECT_EQ(rating("#1")->answers.at("overall"), 4);
    EXPECT_EQ(phase(insert), CardPhase::Amended);
    EXPECT_EQ(
        store_->withdraw_response(kShop, OrderNumber{"#1"}, insert.card, at(6000), owner_)->outcome,
        ResponseOutcome::Withdrawn);
    EXPECT_FALSE(rating("#1"));
    EXPECT_EQ(phase(insert), CardPhase::Withdrawn);
    EXPECT_EQ(store_->responses_of(kShop, OrderNumber{"#1"}).value().size(), 3U);
    EXPECT_EQ(store_->counts(kShop)->ratings, 0);
}

TEST_P(AnswerContract, NobodyAmendsWithoutTheSecretOrTooLate) {
    const PrintedInsert insert = print("#1", 1);
    record(sample_response(insert, 2, Channel::Qr));
    Response other = sample_response(insert, 5, Channel::Typed);
    EXPECT_FALSE(store_->amend_response(kShop, other, {false, CardTerms{30, 0}}));
    other.recorded_at = at(1000) + std::chrono::hours{24 * 31};
    EXPECT_FALSE(store_->amend_response(kShop, other, owner_));
    EXPECT_EQ(rating("#1")->answers.at("overall"), 2);
}

TEST_P(AnswerContract, PaperThatComesAfterAWithdrawalWaitsForAPerson) {
    const PrintedInsert insert = print("#1", 1);
    record(sample_response(insert, 2, Channel::Qr));
    ASSERT_TRUE(store_->withdraw_response(kShop, OrderNumber{"#1"}, insert.card, at(6000), owner_));
    EXPECT_EQ(record(sample_response(insert, 2, Channel::Paper)), ResponseOutcome::Conflict);
    EXPECT_FALSE(rating("#1"));
    EXPECT_EQ(store_->review_queue(kShop)->size(), 1U);
}

TEST_P(AnswerContract, ADraftIsKeptUntilTheAnswerComes) {
    const PrintedInsert insert = print("#1", 1);
    const CardTerms terms{30, 0};
    EXPECT_EQ(store_->note_card(kShop, insert.card, CardEvent::Open, "", terms, at(200)).value(),
              CardPhase::Opened);
    EXPECT_EQ(
        store_->note_card(kShop, insert.card, CardEvent::Save, "{\"overall\":3}", terms, at(210))
            .value(),
        CardPhase::Draft);
    EXPECT_EQ(store_->card_draft(kShop, insert.card).value(), "{\"overall\":3}");
    record(sample_response(insert, 4, Channel::Qr));
    EXPECT_EQ(store_->card_draft(kShop, insert.card).value(), "");
    EXPECT_FALSE(store_->note_card(kShop, insert.card, CardEvent::Save, "x", terms, at(2000)));
}

TEST_P(AnswerContract, AnotherShopReachesNothingOfACard) {
    const PrintedInsert insert = print("#1", 1);
    const ShopId other = store_->create_shop("other").value();
    const Response response = sample_response(insert, 5, Channel::Qr);
    EXPECT_FALSE(store_->record_response(other, response, std::nullopt));
    EXPECT_FALSE(store_->amend_response(other, response, owner_));
    EXPECT_FALSE(
        store_->withdraw_response(other, OrderNumber{"#1"}, insert.card, at(6000), owner_));
    EXPECT_FALSE(store_->note_card(other, insert.card, CardEvent::Open, "", {}, at(200)));
    EXPECT_FALSE(store_->card_draft(other, insert.card));
    EXPECT_TRUE(store_->responses_of(other, OrderNumber{"#1"}).value().empty());
    EXPECT_TRUE(store_->figure_cells(other, FigureQuery{}).value().empty());
    EXPECT_EQ(store_->counts(kShop)->responses, 0);
}

/// Cells by their place, all dimensions that a report reads.
std::vector<FigureCell> stored_cells(Store& store) {
    std::vector<FigureCell> all;
    for (const char* dimension : {"all", "carrier", "country", "sku", "template", "channel"}) {
        FigureQuery query;
        query.dimension = dimension;
        auto cells = store.figure_cells(kShop, query).value();
        all.insert(all.end(), cells.begin(), cells.end());
    }
    return add_cells(std::move(all));
}

std::vector<FigureCell> only_read(std::vector<FigureCell> cells) {
    std::erase_if(cells, [](const FigureCell& cell) {
        static const std::vector<std::string> kRead{"all", "carrier",  "country",
                                                    "sku", "template", "channel"};
        return cell.period != kAllTime ||
               std::find(kRead.begin(), kRead.end(), cell.dimension) == kRead.end();
    });
    return add_cells(std::move(cells));
}

// What was rolled up is what counting everything anew gives.
TEST_P(AnswerContract, FoldedFiguresAreThoseOfAllResponses) {
    const std::uint32_t seed = 20261122;
    RecordProperty("seed", static_cast<int>(seed));
    std::mt19937 random(seed);
    std::vector<PrintedInsert> cards;
    for (unsigned i = 1; i <= 25; ++i) cards.push_back(print("#" + std::to_string(i), i));
    for (int step = 0; step < 120; ++step) {
        const PrintedInsert& card = cards.at(random() % cards.size());
        Response response = sample_response(card, 1 + static_cast<int>(random() % 5), Channel::Qr);
        response.recorded_at = at(1000 + step);
        const auto dice = random() % 10;
        // Refusals (voided, spent, taken back) are part of the play; what is kept must be counted.
        if (dice < 5) {
            (void)store_->record_response(kShop, response, std::nullopt).has_value();
        } else if (dice < 8) {
            (void)store_->amend_response(kShop, response, owner_).has_value();
        } else if (dice < 9) {
            (void)store_->withdraw_response(kShop, card.order, card.card, at(1000 + step), owner_)
                .has_value();
        } else if (store_->find_card(card.card).value()->state == CardState::Printed) {
            (void)store_->void_card(kShop, card.card, "test", at(1000 + step)).has_value();
        }
    }
    EXPECT_GT(store_->counts(kShop)->ratings, 3);
    EXPECT_EQ(stored_cells(*store_), only_read(recompute_cells(*store_, kShop).value()))
        << "seed " << seed;
}

VERSO_ON_EVERY_STORE(AnswerContract);

}  // namespace
}  // namespace verso::records

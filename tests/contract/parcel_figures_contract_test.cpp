// SPDX-License-Identifier: Apache-2.0
// What carriers tell is counted once whatever they tell later and in whatever order: the folded
// cells are those that counting everything anew gives.
#include <gmock/gmock.h>

#include <array>
#include <random>

#include "records/figures/figures.h"
#include "records/figures/recompute.h"
#include "tests/contract/any_store.h"

namespace verso::records {
namespace {

using namespace verso::records::testing;

const ShopId kShop{1};

class ParcelFigures : public AnyStore {
  protected:
    PrintedInsert print(const std::string& number, std::uint64_t seed, std::string email = "") {
        Order order = sample_order(number);
        order.parcels.at(0).tracking = "TRACK " + std::to_string(1000 + seed);
        if (!email.empty()) order.email = email;
        EXPECT_TRUE(store_->save_order(kShop, order, at(0)));
        const auto layout = store_->freeze_layout(sample_layout()).value().number;
        const PrintedInsert insert = sample_print(order.number, layout, seed).insert;
        EXPECT_TRUE(store_->record_prints(kShop, std::span(&insert, 1)));
        return insert;
    }
    void told(std::uint64_t seed, ParcelStatus status, std::int64_t when) {
        CarrierEvent event;
        event.tracking = "track" + std::to_string(1000 + seed);
        event.status = status;
        event.at = {at(when), std::chrono::minutes{0}};
        event.event_id = std::to_string(when) + std::string(to_string(status)) + event.tracking;
        ASSERT_TRUE(store_->parcel_events().keep(kShop, std::span(&event, 1), at(when)));
    }
    GroupFigures all() {
        const CellSource source = [&](const FigureQuery& query) {
            return store_->figure_cells(kShop, query);
        };
        return read_figures(source, {}, {.min_cell = 1}).value().all;
    }
    void expect_exact(const std::string& why) {
        const CellsInMemory must(recompute_cells(*store_, kShop).value());
        for (const char* dimension : {"all", "carrier", "buyer", "sku", "fault", "template"}) {
            const FigureQuery query{dimension};
            auto cells = store_->figure_cells(kShop, query).value();
            auto wanted = must(query);
            const auto place = [](const FigureCell& cell) {
                return std::tuple(cell.key, cell.measure, cell.value);
            };
            std::ranges::sort(cells, {}, place);
            std::ranges::sort(wanted, {}, place);
            EXPECT_EQ(cells, wanted) << dimension << ": " << why;
        }
    }
};

constexpr std::int64_t kDay = 86'400;

TEST_P(ParcelFigures, DeliveryIsCountedOnceAndCorrected) {
    print("#1", 1);
    told(1, ParcelStatus::InTransit, kDay);
    EXPECT_EQ(all().actual_days.n(), 0);
    told(1, ParcelStatus::Delivered, 5 * kDay);
    EXPECT_EQ(all().actual_days.count(5), 1);
    told(1, ParcelStatus::Delivered, 4 * kDay);  // an earlier one, told late
    EXPECT_EQ(all().actual_days.n(), 1);
    EXPECT_EQ(all().actual_days.count(4), 1);
    expect_exact("after the correction");
}

TEST_P(ParcelFigures, WhoGotNothingWasNotAsked) {
    print("#1", 1);
    print("#2", 2);
    told(1, ParcelStatus::Returned, kDay);
    EXPECT_EQ(all().undelivered, 1);
    EXPECT_EQ(all().asked, 1);
    expect_exact("after the return");
}

TEST_P(ParcelFigures, EventsBeforeThePrintCountToo) {
    told(1, ParcelStatus::Delivered, kDay);
    EXPECT_EQ(all().actual_days.n(), 0) << "whose parcel it is, nobody knows yet";
    print("#1", 1);
    EXPECT_EQ(all().actual_days.n(), 1);
    expect_exact("after the print");
}

TEST_P(ParcelFigures, AnAnswerIsFlaggedWhenItsDeliveryIsToldLater) {
    const PrintedInsert insert = print("#1", 1);
    Response response = sample_response(insert, 2, Channel::Qr);
    response.recorded_at = at(2 * kDay);
    ASSERT_TRUE(store_->record_response(kShop, response, std::nullopt));
    EXPECT_EQ(all().before_delivery, 0);
    told(1, ParcelStatus::Delivered, 4 * kDay);
    EXPECT_EQ(all().before_delivery, 1);
    expect_exact("after the delivery");
}

TEST_P(ParcelFigures, FirstAndRepeatBuyers) {
    print("#1", 1, "one@example.com");
    print("#2", 2, "one@example.com");
    print("#3", 3, "other@example.com");
    EXPECT_EQ(store_->cards_of(kShop, OrderNumber{"#1"})->front().insert.buyer, "first");
    EXPECT_EQ(store_->cards_of(kShop, OrderNumber{"#2"})->front().insert.buyer, "repeat");
    EXPECT_EQ(store_->cards_of(kShop, OrderNumber{"#3"})->front().insert.buyer, "first");
    expect_exact("after the prints");
}

// Events, voids, answers and changed minds in any order.
TEST_P(ParcelFigures, RandomStoriesAddUpExactly) {
    const std::uint32_t seed = 20261122;
    std::mt19937 random(seed);
    std::vector<PrintedInsert> cards;
    for (unsigned i = 1; i <= 12; ++i) cards.push_back(print("#" + std::to_string(i), i));
    const AmendProof owner{true, {}};
    constexpr std::array kStatuses{ParcelStatus::LabelCreated, ParcelStatus::InTransit,
                                   ParcelStatus::Delayed,      ParcelStatus::Failure,
                                   ParcelStatus::Returned,     ParcelStatus::Delivered};
    for (int step = 0; step < 150; ++step) {
        const auto which = random() % cards.size();
        const PrintedInsert& card = cards.at(which);
        const std::int64_t when = static_cast<std::int64_t>(random() % 20) * kDay;
        Response response = sample_response(card, 1 + static_cast<int>(random() % 5), Channel::Qr);
        response.answers["delivery"] = static_cast<int>(random() % 2);
        response.recorded_at = at(when);
        const auto dice = random() % 10;
        // Refusals are part of the play.
        if (dice < 5) {
            told(which + 1, kStatuses.at(random() % kStatuses.size()), when);
        } else if (dice < 7) {
            (void)store_->record_response(kShop, response, std::nullopt).has_value();
        } else if (dice < 8) {
            (void)store_->amend_response(kShop, response, owner).has_value();
        } else if (dice < 9) {
            (void)store_->withdraw_response(kShop, card.order, card.card, at(when), owner)
                .has_value();
        } else {
            (void)store_->void_card(kShop, card.card, "test", at(when)).has_value();
        }
        if (step % 25 == 0) all();
    }
    expect_exact("seed " + std::to_string(seed));
}

VERSO_ON_EVERY_STORE(ParcelFigures);

}  // namespace
}  // namespace verso::records

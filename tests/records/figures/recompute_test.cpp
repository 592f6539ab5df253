// SPDX-License-Identifier: Apache-2.0
#include "records/figures/recompute.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "records/figures/figures.h"
#include "tests/records/builders.h"

namespace verso::records {
namespace {

using namespace verso::records::testing;
using ::testing::Contains;

class Recomputing : public ::testing::Test {
  protected:
    void SetUp() override {
        store_ = std::move(open_sqlite_store(":memory:")).value();
        layout_ = store_->freeze_layout(sample_layout()).value().number;
    }
    CardId print(const Order& order, std::uint64_t seed) {
        EXPECT_TRUE(store_->save_order(kShop, order, at(0)));
        const auto printed = sample_print(order.number, layout_, seed);
        EXPECT_TRUE(store_->record_prints(kShop, std::span(&printed.insert, 1)));
        inserts_[printed.insert.card] = printed.insert;
        return printed.insert.card;
    }
    void answer(CardId card, int overall) {
        ASSERT_TRUE(store_->record_response(
            kShop, sample_response(inserts_.at(card), overall, Channel::Qr), std::nullopt));
    }
    const ShopId kShop{1};
    std::unique_ptr<Store> store_;
    LayoutNumber layout_;
    std::map<CardId, PrintedInsert> inserts_;
};

TEST_F(Recomputing, PrintsVoidsAndRatings) {
    answer(print(sample_order("#1"), 1), 5);
    answer(print(sample_order("#2"), 2), 2);
    print(sample_order("#3"), 3);
    ASSERT_TRUE(store_->void_card(kShop, print(sample_order("#4"), 4), "address changed", at(200)));
    const auto cells = recompute_cells(*store_, kShop).value();
    EXPECT_THAT(cells, Contains(FigureCell{"all", "", "printed", 0, kAllTime, 4}));
    EXPECT_THAT(cells, Contains(FigureCell{"all", "", "voided", 0, kAllTime, 1}));
    EXPECT_THAT(cells, Contains(FigureCell{"all", "", "responded", 0, kAllTime, 2}));
    EXPECT_THAT(cells, Contains(FigureCell{"all", "", "q/overall", 5, kAllTime, 1}));
    EXPECT_THAT(cells, Contains(FigureCell{"sku", "SEL-1", "q/overall", 2, kAllTime, 1}));
}

TEST_F(Recomputing, TheOrderCountsAsItWasPrinted) {
    const CardId card = print(sample_order("#1"), 1);
    Order moved = sample_order("#1");
    moved.revision = 2;
    moved.status = OrderStatus::Shipped;  // it has left: its insert stays good
    moved.parcels.at(0).carrier = "Chronopost";
    ASSERT_TRUE(store_->save_order(kShop, moved, at(300)));
    answer(card, 4);
    const auto cells = recompute_cells(*store_, kShop).value();
    EXPECT_THAT(cells, Contains(FigureCell{"carrier", "Colissimo", "q/overall", 4, kAllTime, 1}));
}

TEST_F(Recomputing, AnotherShopsAnswersAreNotIn) {
    answer(print(sample_order("#1"), 1), 5);
    const ShopId other = store_->create_shop("other").value();
    EXPECT_TRUE(recompute_cells(*store_, other).value().empty());
}

TEST_F(Recomputing, AReportReadsAPeriod) {
    answer(print(sample_order("#1"), 1), 5);
    const CellsInMemory memory(recompute_cells(*store_, kShop).value());
    const CellSource source = [&](const FigureQuery& query) {
        return Result<std::vector<FigureCell>>(memory(query));
    };
    const auto day = static_cast<DayNumber>(at(0).time_since_epoch() / std::chrono::days{1});
    EXPECT_EQ(read_figures(source, {"", day, day, day}).value().all.responded, 1);
    EXPECT_EQ(read_figures(source, {"", day + 7, {}, day + 7}).value().all.responded, 0);
    EXPECT_EQ(read_figures(source, {"", {}, day - 7, day}).value().all.responded, 0);
    EXPECT_EQ(read_figures(source, {"", {}, {}, day}).value().all.responded, 1);
    const CellSource broken = [](const FigureQuery&) -> Result<std::vector<FigureCell>> {
        return Error{ErrorCode::DatabaseFailed, "gone", "", ""};
    };
    EXPECT_EQ(read_figures(broken, {"sku", {}, {}, day}).error().code, ErrorCode::DatabaseFailed);
}

}  // namespace
}  // namespace verso::records

// SPDX-License-Identifier: Apache-2.0
// Two answers of one order differ, and a person says which counts.
#include <gmock/gmock.h>

#include <thread>

#include "records/figures/recompute.h"
#include "records/store/desk_book.h"
#include "tests/contract/any_store.h"

namespace verso::records {
namespace {

using namespace verso::records::testing;

const ShopId kShop{1};

/// A rating by QR, and a paper card of the same order that says something else.
class Choosing : public AnyStore {
  protected:
    void SetUp() override {
        AnyStore::SetUp();
        if (IsSkipped()) return;
        ASSERT_TRUE(store_->save_order(kShop, sample_order("#1"), at(0)));
        const auto layout = store_->freeze_layout(sample_layout()).value().number;
        insert_ = sample_print(OrderNumber{"#1"}, layout, 1).insert;
        ASSERT_TRUE(store_->record_prints(kShop, std::span(&insert_, 1)));
        ASSERT_TRUE(record(Channel::Qr, 5));
        ASSERT_TRUE(record(Channel::Typed, 1));
        item_ = store_->review_queue(kShop).value().front();
    }
    Result<RecordedResponse> record(Channel channel, int overall) {
        return store_->record_response(kShop, sample_response(insert_, overall, channel),
                                       std::nullopt);
    }
    DeskBook& desk() { return desk_of(*store_); }
    int overall() {
        return store_->find_rating(kShop, OrderNumber{"#1"}).value()->answers["overall"];
    }
    PrintedInsert insert_;
    ReviewItem item_;
};

TEST_P(Choosing, TheOtherAnswerTakesThePlaceAndIsCounted) {
    auto other = desk().response_in_review(kShop, item_);
    ASSERT_TRUE(other && *other);
    EXPECT_EQ((*other)->response.answers.at("overall"), 1);
    ASSERT_TRUE(desk().choose_response(kShop, **other));
    EXPECT_EQ(overall(), 1);
    EXPECT_EQ(store_->responses_of(kShop, OrderNumber{"#1"})->size(), 2u) << "all are kept";
    const auto cells = store_->figure_cells(kShop, {"all"}).value();
    const CellsInMemory must(recompute_cells(*store_, kShop).value());
    EXPECT_EQ(cells.size(), must({"all"}).size());
    for (const auto& cell : cells) {
        EXPECT_FALSE(cell.measure == "q/overall" && cell.value == 5) << cell.n;
    }
}

TEST_P(Choosing, AnotherShopChoosesNothing) {
    const ShopId other = store_->create_shop("other").value();
    EXPECT_FALSE(desk().response_in_review(other, item_).value());
    const auto kept = desk().response_in_review(kShop, item_).value().value();
    EXPECT_EQ(desk().choose_response(other, kept).error().code, ErrorCode::NotFound);
    EXPECT_EQ(desk().choose_response(kShop, {ResponseId{999}, kept.response}).error().code,
              ErrorCode::NotFound);
    EXPECT_EQ(overall(), 5);
}

TEST_P(Choosing, OfTwoDesksTheSecondIsTold) {
    auto there = another();
    if (!there) GTEST_SKIP() << "a database in memory has one connection";
    auto mine = store_->begin();
    ASSERT_TRUE(mine);
    ASSERT_TRUE(store_->settle_review(kShop, item_.id, "mine", at(9)));
    Result<void> second = Error{};
    std::thread other([&] { second = there->settle_review(kShop, item_.id, "theirs", at(9)); });
    std::this_thread::sleep_for(std::chrono::milliseconds{50});
    ASSERT_TRUE((*mine)->commit());
    other.join();
    ASSERT_FALSE(second);
    EXPECT_EQ(second.error().code, ErrorCode::NotFound);
    EXPECT_THAT(second.error().message, ::testing::HasSubstr("settled before"));
}

VERSO_ON_EVERY_STORE(Choosing);

}  // namespace
}  // namespace verso::records

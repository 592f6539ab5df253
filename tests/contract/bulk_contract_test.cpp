// SPDX-License-Identifier: Apache-2.0
// Many orders at once: where the database takes a stream of rows, they go another way than a few.
#include <algorithm>
#include <array>
#include <latch>
#include <thread>

#include "tests/contract/any_store.h"

namespace verso::records {
namespace {

using namespace verso::records::testing;

const ShopId kShop{1};

class BulkContract : public AnyStore {
  protected:
    static std::vector<Order> many(int count, int from = 0) {
        std::vector<Order> orders;
        for (int i = from; i < from + count; ++i) {
            orders.push_back(sample_order("#" + std::to_string(i), 1 + i % 3));
            orders.back().email = "buyer" + std::to_string(i) + "@example.com";
        }
        return orders;
    }
    static long long count_of(const std::vector<SavedOrder>& saved, Saved what) {
        return std::count_if(saved.begin(), saved.end(),
                             [what](const SavedOrder& each) { return each.saved == what; });
    }
};

TEST_P(BulkContract, WhatCameAtOnceIsFoundOneByOne) {
    const auto orders = many(400);
    auto saved = store_->save_orders(kShop, orders, at(0));
    ASSERT_TRUE(saved) << saved.error().text();
    EXPECT_EQ(count_of(*saved, Saved::New), 400);
    for (const int i : {0, 1, 200, 399}) {
        const Order& order = orders[std::size_t(i)];
        auto found = store_->find_order(kShop, order.number);
        ASSERT_TRUE(found) << found.error().text();
        EXPECT_EQ(found->lines.size(), order.lines.size());
        EXPECT_EQ(found->ship_to.name, order.ship_to.name);
        EXPECT_EQ(found->email, order.email);
        const auto by_mail = store_->search_orders(kShop, order.email, 5);
        ASSERT_EQ(by_mail->size(), 1U) << order.email;
        EXPECT_EQ(by_mail->front().number, order.number);
        EXPECT_EQ(by_mail->front().total, order.total);
        EXPECT_EQ(by_mail->front().parcels, 1 + i % 3);
    }
    auto again = store_->save_orders(kShop, orders, at(1));
    ASSERT_TRUE(again) << again.error().text();
    EXPECT_EQ(count_of(*again, Saved::Unchanged), 400);
    ASSERT_TRUE(store_->save_order(kShop, sample_order("#one-more"), at(2)));
    EXPECT_EQ(store_->counts(kShop)->orders, 401);
}

TEST_P(BulkContract, TextThatMeansSomethingToADatabaseIsOnlyText) {
    auto orders = many(64);
    const std::vector<std::string> odd{
        R"(a"b)", R"(a\b)", R"({1,2})", "a,b", "NULL",          " ",     "\\N",        "a\tb",
        "a\nb",   "'; --",  ":v0",      "$1",  "Éloïse 🙂", R"(\")", "\x01\x1F x", "{}"};
    for (std::size_t i = 0; i < odd.size(); ++i) {
        orders[i].number = OrderNumber{odd[i]};
        orders[i].ship_to.name = odd[i];
    }
    ASSERT_TRUE(store_->save_orders(kShop, orders, at(0)));
    auto again = store_->save_orders(kShop, orders, at(1));
    ASSERT_TRUE(again) << again.error().text();
    EXPECT_EQ(count_of(*again, Saved::Unchanged), 64) << "each is known again by its number";
    for (const std::string& text : odd) {
        auto found = store_->find_order(kShop, OrderNumber{text});
        ASSERT_TRUE(found) << text;
        EXPECT_EQ(found->ship_to.name, text);
    }
}

TEST_P(BulkContract, OldAndNewAndTwiceInOneList) {
    ASSERT_TRUE(store_->save_orders(kShop, many(50), at(0)));
    auto mixed = many(100);
    mixed[10].note = "changed";
    mixed.push_back(mixed[70]);
    mixed.back().note = "the same number once more, with another note";
    auto saved = store_->save_orders(kShop, mixed, at(1));
    ASSERT_TRUE(saved) << saved.error().text();
    EXPECT_EQ(count_of(*saved, Saved::New), 50);
    EXPECT_EQ(count_of(*saved, Saved::Unchanged), 49);
    EXPECT_EQ(count_of(*saved, Saved::Changed), 2);
    EXPECT_EQ(store_->find_order(kShop, mixed[70].number)->revision, 2);
}

TEST_P(BulkContract, AnOrderOfAnotherShopWithTheSameNumberIsAnother) {
    const auto other = store_->create_shop("the-other-one").value();
    ASSERT_TRUE(store_->save_orders(kShop, many(80), at(0)));
    auto saved = store_->save_orders(other, many(80), at(0));
    ASSERT_TRUE(saved) << saved.error().text();
    EXPECT_EQ(count_of(*saved, Saved::New), 80);
}

TEST_P(BulkContract, AFailureAtAnyPointKeepsNothingAndTheConnectionGoesOn) {
    for (int point = 0; point < 3; ++point) {
        fail_after_ = point;
        EXPECT_FALSE(store_->save_orders(kShop, many(70), at(0))) << point;
        fail_after_.reset();
        EXPECT_EQ(store_->counts(kShop)->orders, 0) << point;
    }
    EXPECT_TRUE(store_->save_orders(kShop, many(70), at(0)));
}

TEST_P(BulkContract, TwoThatBringTheSameOrdersKeepThemOnce) {
    auto second = another();
    if (!second) GTEST_SKIP() << "a database in memory has one connection";
    constexpr int kRounds = 6, kEach = 100;
    std::array<long long, 2> fresh{};
    std::latch start{2};
    const auto bring = [&](Store& store, std::size_t who) {
        start.arrive_and_wait();
        for (int round = 0; round < kRounds; ++round) {
            auto saved = store.save_orders(kShop, many(kEach, round * kEach), at(0));
            ASSERT_TRUE(saved) << saved.error().text();
            fresh[who] += count_of(*saved, Saved::New);
            EXPECT_EQ(count_of(*saved, Saved::New) + count_of(*saved, Saved::Unchanged), kEach);
        }
    };
    std::thread other([&] { bring(*second, 1); });
    bring(*store_, 0);
    other.join();
    EXPECT_EQ(fresh[0] + fresh[1], kRounds * kEach);
    EXPECT_EQ(store_->counts(kShop)->orders, kRounds * kEach);
}

VERSO_ON_EVERY_STORE(BulkContract);

}  // namespace
}  // namespace verso::records

// SPDX-License-Identifier: Apache-2.0
#include "records/lifecycle/release_rule.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "tests/records/builders.h"

namespace verso::records {
namespace {

using namespace verso::records::testing;
using ::testing::HasSubstr;

const ReleaseTerms kStrict{30, true, true};

TEST(ReleaseRule, ByDefaultWhatIsPaidGoesAtOnce) {
    Order order = sample_order();
    order.lines[0].backordered = 2;
    EXPECT_TRUE(decide_release(order, {}, at(0)).is_released);
    EXPECT_TRUE(decide_release(order, {}, at(-900)).is_released);  // a clock that is behind
}

TEST(ReleaseRule, GraceEndsAtTheVerySecond) {
    const Order order = sample_order();
    const ReleaseTerms terms{30, false, false};
    for (const int second : {-100, 0, 1, 1799}) {
        const auto decision = decide_release(order, terms, at(second));
        EXPECT_FALSE(decision.is_released) << second;
        EXPECT_EQ(decision.until, at(1800));
    }
    EXPECT_TRUE(decide_release(order, terms, at(1800)).is_released);
    EXPECT_THAT(decide_release(order, terms, at(0)).why,
                HasSubstr(format_time({at(1800), std::chrono::minutes{120}})));
}

TEST(ReleaseRule, FullStockIsWaitedForOnlyIfTheShopWantsIt) {
    Order order = sample_order("#1001", 2);
    order.lines[1].backordered = 1;
    EXPECT_TRUE(decide_release(order, {0, false, false}, at(0)).is_released);
    EXPECT_EQ(decide_release(order, {0, true, false}, at(0)).why,
              "order #1001 waits for 1 piece that is not in stock");
    EXPECT_EQ(decide_release(order, {0, true, false}, at(0)).until, std::nullopt);
    order.lines[0].backordered = 2;
    EXPECT_THAT(decide_release(order, {0, true, false}, at(0)).why, HasSubstr("3 pieces that are"));
    order.lines[0].backordered = -5;  // nonsense from outside does not cancel out a lack
    EXPECT_FALSE(decide_release(order, {0, true, false}, at(0)).is_released);
}

TEST(ReleaseRule, EveryStatusAndPayment) {
    using St = OrderStatus;
    for (const St status :
         {St::Open, St::OnHold, St::PartlyShipped, St::Shipped, St::Delivered, St::Cancelled}) {
        for (const auto payment : {PaymentStatus::Unpaid, PaymentStatus::Paid,
                                   PaymentStatus::PartlyRefunded, PaymentStatus::Refunded}) {
            Order order = sample_order();
            order.status = status;
            order.payment = payment;
            const bool forbidden = status == St::Cancelled || payment == PaymentStatus::Unpaid;
            const auto decision = decide_release(order, {0, false, true}, at(0));
            EXPECT_EQ(decision.is_released, !forbidden && status != St::OnHold)
                << to_string(status) << ' ' << to_string(payment);
            EXPECT_EQ(decide_release(order, {}, at(0)).is_released, !forbidden);
            EXPECT_EQ(decision.is_released, decision.why.empty());
            EXPECT_EQ(decision.until, std::nullopt);
        }
    }
}

TEST(ReleaseRule, WhatHasBegunToLeaveIsNotHeldBack) {
    Order order = sample_order();
    order.lines[0].backordered = 2;
    for (const auto status :
         {OrderStatus::PartlyShipped, OrderStatus::Shipped, OrderStatus::Delivered}) {
        order.status = status;
        EXPECT_TRUE(decide_release(order, kStrict, at(0)).is_released);
    }
}

}  // namespace
}  // namespace verso::records

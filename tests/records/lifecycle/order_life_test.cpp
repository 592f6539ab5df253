// SPDX-License-Identifier: Apache-2.0
#include "records/lifecycle/order_life.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <functional>

#include "tests/records/builders.h"
#include "tests/records/lifecycle/transition_text.h"

namespace verso::records {
namespace {

using namespace verso::records::testing;

TEST(OrderLife, EveryCell) {
    EXPECT_EQ(table_text(all_order_states(), all_order_events(), next_state), squeezed(R"(
        placed    paid .      x       .    shipped delivered cancelled refunded
        paid      .    placed packing .    shipped delivered cancelled refunded
        packing   .    placed .       paid shipped delivered cancelled refunded
        shipped   .    .      .       .    .       delivered cancelled refunded
        delivered .    .      .       .    .       .         x         refunded
        cancelled .    .      x       .    .       delivered .         refunded
        refunded  .    .      .       .    .       .         .         .
    )"));
}

/// What an event does to the facts of an order of one parcel.
void happen(OrderEvent event, OrderFacts& facts) {
    switch (event) {
        case OrderEvent::Pay:
            if (facts.payment == PaymentStatus::Unpaid) facts.payment = PaymentStatus::Paid;
            break;
        case OrderEvent::Unpay:
            if (facts.payment == PaymentStatus::Paid) facts.payment = PaymentStatus::Unpaid;
            facts.printed = 0;
            break;
        case OrderEvent::Print:
            facts.printed = 1;
            break;
        case OrderEvent::Void:
            facts.printed = 0;
            break;
        case OrderEvent::Ship:
            facts.left = 1;
            break;
        case OrderEvent::Deliver:
            facts.delivered = 1;
            break;
        case OrderEvent::Cancel:
            facts.status = OrderStatus::Cancelled;
            break;
        case OrderEvent::Refund:
            facts.payment = PaymentStatus::Refunded;
            break;
    }
}

TEST(OrderLife, TheTableAgreesWithTheFactsAlongEveryPath) {
    // All sequences of six events: 8^6.
    constexpr int kLength = 6;
    int steps = 0;
    const std::function<void(const OrderFacts&, int)> walk = [&](const OrderFacts& now, int depth) {
        if (depth == kLength) return;
        const OrderState state = order_state(now);
        for (const OrderEvent event : all_order_events()) {
            const auto step = next_state(state, event);
            if (step.is_refused()) continue;
            OrderFacts then = now;
            happen(event, then);
            ASSERT_EQ(order_state(then), step.to)
                << to_string(state) << " + " << to_string(event) << " at depth " << depth;
            ++steps;
            walk(then, depth + 1);
        }
    };
    walk({}, 0);
    EXPECT_GT(steps, 100'000);
}

TEST(OrderLife, NothingLeadsBackFromDelivered) {
    for (const OrderEvent event : all_order_events()) {
        const auto step = next_state(OrderState::Delivered, event);
        EXPECT_TRUE(step.to == OrderState::Delivered || step.to == OrderState::Refunded);
    }
    for (const auto status : {OrderStatus::Open, OrderStatus::OnHold, OrderStatus::PartlyShipped,
                              OrderStatus::Shipped, OrderStatus::Cancelled}) {
        for (const auto payment :
             {PaymentStatus::Unpaid, PaymentStatus::Paid, PaymentStatus::PartlyRefunded}) {
            OrderFacts facts;
            facts.status = status;
            facts.payment = payment;
            facts.was_delivered = true;
            EXPECT_EQ(order_state(facts), OrderState::Delivered);
        }
    }
}

TEST(OrderLife, TheOrderIsOutWhenItsLastParcelIs) {
    OrderFacts facts;
    facts.payment = PaymentStatus::Paid;
    facts.parcels = 3;
    facts.printed = 3;
    facts.left = 2;
    EXPECT_EQ(order_state(facts), OrderState::Packing);
    facts.left = 3;
    facts.delivered = 2;
    EXPECT_EQ(order_state(facts), OrderState::Shipped);
    facts.delivered = 3;
    EXPECT_EQ(order_state(facts), OrderState::Delivered);
    facts.left = 0;  // a carrier that tells arrivals only
    EXPECT_EQ(order_state(facts), OrderState::Delivered);
    facts.delivered = 1;
    EXPECT_EQ(order_state(facts), OrderState::Packing);
}

TEST(OrderLife, WhatTheShopSaysOfItself) {
    const auto state = [](OrderStatus status, PaymentStatus payment) {
        OrderFacts facts;
        facts.status = status;
        facts.payment = payment;
        return std::string(to_string(order_state(facts)));
    };
    using St = OrderStatus;
    using Pay = PaymentStatus;
    EXPECT_EQ(state(St::Open, Pay::Unpaid), "placed");
    EXPECT_EQ(state(St::OnHold, Pay::Unpaid), "placed");
    EXPECT_EQ(state(St::OnHold, Pay::Paid), "paid");
    EXPECT_EQ(state(St::Open, Pay::PartlyRefunded), "paid");
    EXPECT_EQ(state(St::PartlyShipped, Pay::Paid), "packing");
    EXPECT_EQ(state(St::PartlyShipped, Pay::Unpaid), "packing");
    EXPECT_EQ(state(St::Shipped, Pay::Unpaid), "shipped");
    EXPECT_EQ(state(St::Delivered, Pay::Paid), "delivered");
    EXPECT_EQ(state(St::Delivered, Pay::Refunded), "refunded");
    EXPECT_EQ(state(St::Cancelled, Pay::Unpaid), "cancelled");
    EXPECT_EQ(state(St::Cancelled, Pay::Refunded), "refunded");
}

TEST(OrderLife, AVoidedInsertIsNone) {
    const Order order = sample_order("#1001", 2);
    CardRecord one;
    one.insert.parcel = 1;
    CardRecord again = one;
    again.state = CardState::Voided;
    const std::vector<CardRecord> cards{one, again, again};
    EXPECT_EQ(facts_of(order, cards).printed, 1);
    EXPECT_EQ(facts_of(order, cards).parcels, 2);
    EXPECT_EQ(order_state(facts_of(order, cards)), OrderState::Packing);
    EXPECT_EQ(order_state(facts_of(order, std::vector{again})), OrderState::Paid);
}

TEST(OrderLife, NamesGoBothWays) {
    for (const OrderState state : all_order_states()) {
        EXPECT_EQ(parse_order_state(to_string(state)).value(), state);
    }
    EXPECT_EQ(parse_order_state("sent").error().code, ErrorCode::ValueInvalid);
    for (const OrderState state : all_order_states()) {
        for (const OrderEvent event : all_order_events()) {
            const auto step = next_state(state, event);
            EXPECT_EQ(step.is_refused(), !step.why.empty());
        }
    }
}

}  // namespace
}  // namespace verso::records

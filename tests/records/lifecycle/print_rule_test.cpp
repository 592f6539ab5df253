// SPDX-License-Identifier: Apache-2.0
#include "records/lifecycle/print_rule.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "tests/records/builders.h"

namespace verso::records {
namespace {

using ::testing::ElementsAre;
using ::testing::HasSubstr;

CardRecord card(std::uint64_t id, int parcel, CardState state, int revision = 1) {
    CardRecord record;
    record.insert.card = CardId{id};
    record.insert.parcel = parcel;
    record.insert.revision = revision;
    record.state = state;
    return record;
}

TEST(PrintRule, OnlyUnpaidAndCancelledOrdersHaveNoInsert) {
    for (auto status : {OrderStatus::Open, OrderStatus::OnHold, OrderStatus::PartlyShipped,
                        OrderStatus::Shipped, OrderStatus::Delivered, OrderStatus::Cancelled}) {
        for (auto payment : {PaymentStatus::Unpaid, PaymentStatus::Paid,
                             PaymentStatus::PartlyRefunded, PaymentStatus::Refunded}) {
            Order order = testing::sample_order();
            order.status = status;
            order.payment = payment;
            const bool allowed =
                status != OrderStatus::Cancelled && payment != PaymentStatus::Unpaid;
            EXPECT_EQ(check_printable(order).has_value(), allowed)
                << to_string(status) << ' ' << to_string(payment);
        }
    }
    Order order = testing::sample_order();
    order.payment = PaymentStatus::Unpaid;
    EXPECT_EQ(check_printable(order).error().code, ErrorCode::NotAllowed);
    EXPECT_THAT(check_printable(order).error().message, HasSubstr("#1001"));
    EXPECT_EQ(plan_print(order, 1, {}, true).decision, PrintDecision::Forbidden);
}

TEST(PrintRule, AParcelWithoutACardIsFresh) {
    const Order order = testing::sample_order("#1001", 2);
    const std::vector<CardRecord> cards{card(1, 2, CardState::Printed),
                                        card(2, 1, CardState::Voided)};
    EXPECT_EQ(plan_print(order, 1, cards, false).decision, PrintDecision::Fresh);
}

TEST(PrintRule, NothingIsPrintedTwiceUnasked) {
    Order order = testing::sample_order();
    const std::vector<CardRecord> cards{card(1, 1, CardState::Printed)};
    EXPECT_EQ(plan_print(order, 1, cards, false).decision, PrintDecision::AlreadyPrinted);
    order.revision = 2;
    const PrintPlan later = plan_print(order, 1, cards, false);
    EXPECT_EQ(later.decision, PrintDecision::AlreadyPrinted);
    EXPECT_THAT(later.reason, HasSubstr("as revision 1"));
    EXPECT_TRUE(later.voids.empty());
}

TEST(PrintRule, AReprintVoidsWhatNobodyAnswered) {
    const std::vector<CardRecord> cards{
        card(1, 1, CardState::Voided), card(2, 1, CardState::Printed),
        card(3, 1, CardState::Answered), card(4, 2, CardState::Printed)};
    const PrintPlan plan = plan_print(testing::sample_order("#1001", 2), 1, cards, true);
    EXPECT_EQ(plan.decision, PrintDecision::Reprint);
    EXPECT_THAT(plan.voids, ElementsAre(CardId{2}));
    EXPECT_EQ(plan.void_reason, "reprint of #1001 parcel 1");
}

}  // namespace
}  // namespace verso::records

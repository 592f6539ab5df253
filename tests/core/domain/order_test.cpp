// SPDX-License-Identifier: Apache-2.0
#include "core/domain/order.h"

#include <gtest/gtest.h>

namespace verso {
namespace {

TEST(Order, StatusWordsRoundTrip) {
    for (auto status : {OrderStatus::Open, OrderStatus::OnHold, OrderStatus::PartlyShipped,
                        OrderStatus::Shipped, OrderStatus::Delivered, OrderStatus::Cancelled}) {
        EXPECT_EQ(*parse_order_status(to_string(status)), status);
    }
    for (auto status : {PaymentStatus::Unpaid, PaymentStatus::Paid, PaymentStatus::PartlyRefunded,
                        PaymentStatus::Refunded}) {
        EXPECT_EQ(*parse_payment_status(to_string(status)), status);
    }
}

TEST(Order, AnUnknownStatusNamesTheKnown) {
    const auto status = parse_order_status("lost");
    ASSERT_FALSE(status.has_value());
    EXPECT_NE(status.error().cure.find("partly_shipped"), std::string::npos);
}

TEST(Order, LinesOfAParcelKeepTheirOrder) {
    Order order;
    for (int line = 1; line <= 4; ++line) {
        OrderLine item;
        item.line = line;
        item.parcel = line % 2 + 1;
        order.lines.push_back(item);
    }
    const auto second = order.lines_of(2);
    ASSERT_EQ(second.size(), 2u);
    EXPECT_EQ(second[0].line, 1);
    EXPECT_EQ(second[1].line, 3);
    EXPECT_TRUE(order.lines_of(3).empty());
}

}  // namespace
}  // namespace verso

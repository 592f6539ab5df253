// SPDX-License-Identifier: Apache-2.0
#include "records/lifecycle/order_fingerprint.h"

#include <gtest/gtest.h>

#include "tests/records/builders.h"

namespace verso::records {
namespace {

TEST(OrderFingerprint, IgnoresTheRevisionAndNothingElse) {
    const Order order = testing::sample_order("#1001", 2);
    const std::string print = order_fingerprint(order);
    Order same = order;
    same.revision = 7;
    EXPECT_EQ(order_fingerprint(same), print);
    const std::vector<void (*)(Order&)> changes{
        [](Order& o) { o.number = OrderNumber{"#2"}; },
        [](Order& o) { o.placed_at.offset = std::chrono::minutes{60}; },
        [](Order& o) { o.status = OrderStatus::Shipped; },
        [](Order& o) { o.payment = PaymentStatus::Refunded; },
        [](Order& o) { o.paid_at.reset(); },
        [](Order& o) { o.cancelled_at = o.placed_at; },
        [](Order& o) { o.currency = "GBP"; },
        [](Order& o) { o.language = "de"; },
        [](Order& o) { o.email = ""; },
        [](Order& o) { o.phone = "1"; },
        [](Order& o) { o.ship_to.company = "x"; },
        [](Order& o) { std::swap(o.ship_to.line1, o.ship_to.line2); },
        [](Order& o) { o.promised_on.reset(); },
        [](Order& o) { o.parcels.at(1).tracking = "x"; },
        [](Order& o) { o.lines.at(0).quantity = 9; },
        [](Order& o) { o.lines.at(1).parcel = 1; },
        [](Order& o) { o.lines.pop_back(); },
        [](Order& o) { o.shipping = {0}; },
        [](Order& o) { o.note += "."; },
        [](Order& o) { o.external_id = "x"; },
        [](Order& o) { o.insider = true; },
        [](Order& o) { o.lines.at(0).product_id = "x"; },
        [](Order& o) { o.lines.at(1).backordered = 1; }};
    for (std::size_t i = 0; i < changes.size(); ++i) {
        Order changed = order;
        changes[i](changed);
        EXPECT_NE(order_fingerprint(changed), print) << "change " << i;
    }
}

}  // namespace
}  // namespace verso::records

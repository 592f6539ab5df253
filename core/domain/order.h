// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <chrono>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "core/domain/ids.h"
#include "core/domain/money.h"
#include "core/util/time.h"

namespace verso {

enum class OrderStatus { Open, OnHold, PartlyShipped, Shipped, Delivered, Cancelled };
enum class PaymentStatus { Unpaid, Paid, PartlyRefunded, Refunded };

/// "open", "on_hold", "partly_shipped" … as in the neutral CSV.
std::string_view to_string(OrderStatus status);
std::string_view to_string(PaymentStatus status);
Result<OrderStatus> parse_order_status(std::string_view text);
Result<PaymentStatus> parse_payment_status(std::string_view text);

/// A postal address as the shop's export gives it; all UTF-8, empty where unknown.
struct Address {
    std::string name, company, line1, line2, postcode, city, region;
    std::string country;  ///< ISO 3166-1 alpha-2, upper case
    friend bool operator==(const Address&, const Address&) = default;
};

/// One article of an order, in one parcel.
struct OrderLine {
    int line = 0;  ///< the shop's own position, from 1
    std::string sku, ean, title, variant, bin;
    int quantity = 0;
    Money unit_price, line_total;
    int parcel = 1;            ///< which parcel carries it
    std::string product_id{};  ///< the shop platform's own key of the article; empty when unknown
    int backordered = 0;       ///< how many of `quantity` are not in stock yet
    friend bool operator==(const OrderLine&, const OrderLine&) = default;
};

/// One box that leaves the warehouse; it gets one insert.
struct Parcel {
    int number = 1;
    std::string carrier, service, tracking;
    friend bool operator==(const Parcel&, const Parcel&) = default;
};

/// One revision of an order: everything the business knows that paper may show. A value; equality
/// decides whether a re-import changes anything.
struct Order {
    OrderNumber number;
    int revision = 1;
    ZonedTime placed_at;
    OrderStatus status = OrderStatus::Open;
    PaymentStatus payment = PaymentStatus::Unpaid;
    std::optional<ZonedTime> paid_at, cancelled_at;
    std::string currency = "EUR";  ///< ISO 4217
    std::string language;          ///< ISO 639-1, lower case; empty when the export has none
    std::string email, phone;
    Address ship_to;
    std::optional<std::chrono::year_month_day> promised_on;
    std::vector<Parcel> parcels;   ///< by number; at least one
    std::vector<OrderLine> lines;  ///< by line
    Money shipping, total;
    std::string note;
    std::string external_id{};  ///< the shop platform's own key of the order; empty when unknown
    /// Of the shop's own people: served like any other, left out of published figures.
    bool insider = false;
    friend bool operator==(const Order&, const Order&) = default;

    /// The lines that travel in one parcel, in order.
    std::vector<OrderLine> lines_of(int parcel) const;
};

}  // namespace verso

// SPDX-License-Identifier: Apache-2.0
#include "records/import/shopify_json.h"

#include <fmt/format.h>

#include <algorithm>
#include <map>

#include "records/import/shopify_csv.h"

namespace verso::records {

namespace {

constexpr int kMostPieces = 100'000;

template <class Value>
Value named(JsonFields& fields, std::string_view key, Result<Value> (*parse)(std::string_view)) {
    auto value = parse(fields.raw(key));
    if (value) return *value;
    fields.refuse(key, fmt::format("{}; {}", value.error().message, value.error().cure));
    return Value{};
}

Address address_of(JsonFields to) {
    Address out{to.text("name"), to.text("company"), to.text("address1"), to.text("address2"),
                to.text("zip"),  to.text("city"),    to.text("province"), ""};
    if (out.name.empty()) {
        out.name = fmt::format("{} {}", to.text("first_name"), to.text("last_name"));
    }
    out.country = to.code("country_code", 2);
    return out;
}

/// How many pieces of each line went in which parcel.
using Shares = std::map<std::string, std::vector<std::pair<int, int>>>;  // id -> parcel, pieces

/// A parcel for each fulfilment that came about; those that failed or were cancelled are none.
Shares take_fulfillments(JsonFields& fields, Order& order, bool& all_delivered) {
    Shares shares;
    all_delivered = false;
    const std::string method = [&] {
        auto lines = fields.each("shipping_lines");
        return lines.empty() ? std::string() : lines.front().text("title");
    }();
    for (JsonFields& each : fields.each("fulfillments")) {
        const auto status = each.raw("status");
        if (status == "cancelled" || status == "error" || status == "failure") continue;
        const int number = static_cast<int>(order.parcels.size()) + 1;
        const bool delivered = each.raw("shipment_status") == "delivered";
        all_delivered = delivered && (number == 1 || all_delivered);
        order.parcels.push_back(
            {number, each.text("tracking_company"), method, each.text("tracking_number")});
        for (JsonFields& line : each.each("line_items")) {
            shares[std::string(line.raw("id"))].emplace_back(
                number, line.whole("quantity", 1, kMostPieces, 1));
        }
    }
    order.parcels.push_back({static_cast<int>(order.parcels.size()) + 1, "", method, ""});
    return shares;
}

Money discount_of(JsonFields& line) {
    Money sum{0};
    for (JsonFields& each : line.each("discount_allocations")) {
        sum.minor += each.money("amount", Money{0}).minor;
    }
    return sum.minor != 0 ? sum : line.money("total_discount", Money{0});
}

/// How many are to be sent in all: what was sent, and what still may be; what was taken out of the
/// order before is neither.
int pieces_of(JsonFields& line, int ordered, int sent, bool is_cancelled) {
    if (is_cancelled || !line.has("fulfillable_quantity")) return ordered;
    return std::min(ordered, sent + line.whole("fulfillable_quantity", 0, kMostPieces));
}

void take_line(JsonFields& fields, const Shares& shares, Order& order) {
    OrderLine line;
    line.sku = fields.text("sku");
    line.title = fields.text("title");
    line.variant = fields.text("variant_title");
    line.product_id = fields.text("product_id");
    if (line.title.empty()) line.title = fields.text("name");
    if (line.title.empty()) fields.refuse("title", "the title is empty");
    line.unit_price = fields.money("price");
    const int ordered = fields.whole("quantity", 0, kMostPieces);
    const Money discount = discount_of(fields);
    std::vector<std::pair<int, int>> parts;
    const auto sent = shares.find(std::string(fields.raw("id")));
    if (sent != shares.end()) parts = sent->second;
    int gone = 0;
    for (const auto& [parcel, pieces] : parts) gone += pieces;
    const int wanted = pieces_of(fields, ordered, gone, order.status == OrderStatus::Cancelled);
    if (wanted > gone) parts.emplace_back(order.parcels.back().number, wanted - gone);
    for (const auto& [parcel, pieces] : parts) {
        line.line = static_cast<int>(order.lines.size()) + 1;
        line.parcel = parcel;
        line.quantity = pieces;
        line.line_total = {line.unit_price.minor * pieces -
                           discount.minor * pieces / std::max(ordered, 1)};
        order.lines.push_back(line);
    }
}

/// The parcel for what is still to go stays only if something is in it.
void settle_parcels(Order& order) {
    std::erase_if(order.parcels, [&](const Parcel& parcel) {
        return order.lines_of(parcel.number).empty() && order.parcels.size() > 1;
    });
    int number = 0;
    std::map<int, int> renumbered;
    for (Parcel& parcel : order.parcels) {
        renumbered[parcel.number] = ++number;
        parcel.number = number;
    }
    for (OrderLine& line : order.lines) line.parcel = renumbered[line.parcel];
}

Money shipping_of(JsonFields& fields) {
    Money sum{0};
    for (JsonFields& line : fields.each("shipping_lines")) {
        sum.minor += line.money("price", Money{0}).minor;
    }
    return sum;
}

void take_facts(JsonFields& fields, Order& order) {
    order.placed_at = fields.time("created_at");
    order.cancelled_at = fields.time_if_any("cancelled_at");
    order.payment = named(fields, "financial_status", payment_from_shopify);
    order.status = named(fields, "fulfillment_status", status_from_shopify);
    if (order.cancelled_at) order.status = OrderStatus::Cancelled;
    order.currency = fields.code("currency", 3);
    order.language = fields.language("customer_locale");
    order.email = fields.text("email");
    if (order.email.empty()) order.email = fields.text("contact_email");
    const char* const to = fields.has("shipping_address") ? "shipping_address" : "billing_address";
    order.ship_to = address_of(fields.inside(to));
    order.phone = fields.inside(to).text("phone");
    if (order.phone.empty()) order.phone = fields.text("phone");
    order.shipping = shipping_of(fields);
    order.total = fields.money("total_price");
    order.note = fields.long_text("note");
    order.external_id = fields.text("id");
    order.insider = fields.flag("test");
}

}  // namespace

Order read_shopify_order(JsonFields& fields) {
    Order order;
    std::string number = fields.text("name");
    if (number.empty() && fields.has("order_number")) number = "#" + fields.text("order_number");
    order.number = OrderNumber{std::move(number)};
    take_facts(fields, order);
    bool all_delivered = false;
    const Shares shares = take_fulfillments(fields, order, all_delivered);
    for (JsonFields& line : fields.each("line_items")) take_line(line, shares, order);
    settle_parcels(order);
    if (order.status == OrderStatus::Shipped && all_delivered) {
        order.status = OrderStatus::Delivered;
    }
    return order;
}

}  // namespace verso::records

// SPDX-License-Identifier: Apache-2.0
#include "records/import/magento_json.h"

#include <fmt/format.h>

#include <map>

#include "records/import/platform_words.h"

namespace verso::records {

namespace {

constexpr int kMostPieces = 100'000;

/// Custom statuses are shop's own words; the state beneath them is one of the platform's.
void take_status(JsonFields& fields, Order& order) {
    auto status = status_from_magento(fields.raw("status"));
    if (!status && fields.has("state")) {
        if (auto state = status_from_magento(fields.raw("state"))) status = state;
    }
    if (!status) {
        fields.refuse("status", fmt::format("{}; {}", status.error().message, status.error().cure));
        return;
    }
    order.status = status->status;
    order.payment = status->payment;
    const Money paid = fields.money("total_paid", Money{0});
    const Money back = fields.money("total_refunded", Money{0});
    const Money total = fields.money("grand_total", Money{0});
    const bool whole = paid.minor > 0 && paid >= total;
    const bool on_hold = order.status == OrderStatus::OnHold && fields.raw("status") == "holded";
    if (order.payment == PaymentStatus::Unpaid && whole &&
        (on_hold || order.status == OrderStatus::Cancelled)) {
        order.payment = PaymentStatus::Paid;
    }
    if (order.payment == PaymentStatus::Paid && back.minor > 0) {
        order.payment = back >= total ? PaymentStatus::Refunded : PaymentStatus::PartlyRefunded;
    }
}

Address address_of(JsonFields to) {
    Address out;
    const std::string first = to.text("firstname"), last = to.text("lastname");
    out.name = first.empty() || last.empty() ? first + last : first + " " + last;
    out.company = to.text("company");
    std::size_t number = 0;
    for (const JsonValue& line : to.value("street").items) {
        JsonValue holder;
        holder.kind = JsonValue::Kind::Object;
        holder.members.emplace_back("street", line);
        std::optional<JsonFault> fault;
        const std::string text = JsonFields(holder, "", fault).text("street");
        if (fault) to.refuse("street", fault->reason);
        std::string& place = number++ == 0 ? out.line1 : out.line2;
        if (!text.empty()) place += place.empty() ? text : ", " + text;
    }
    out.postcode = to.text("postcode");
    out.city = to.text("city");
    out.region = to.text("region");
    out.country = to.code("country_id", 2);
    return out;
}

/// The address of the shipment; goods without one (downloads) go by the bill's.
JsonFields address_fields(const JsonFields& fields) {
    for (const JsonFields& each :
         fields.inside("extension_attributes").each("shipping_assignments")) {
        const JsonFields to = each.inside("shipping").inside("address");
        if (to.has("country_id")) return to;
    }
    return fields.inside("billing_address");
}

Money first_money(JsonFields& fields, std::string_view key, std::string_view fallback) {
    return fields.money(fields.has(key) ? key : fallback, Money{0});
}

/// Lines that are a part of another (the simple article of a configurable one, the articles of a
/// bundle) count once, at that other; their names say what it is made of.
using Parts = std::map<std::string, std::string>;  // item_id of the whole -> names of its parts

Parts parts_of(JsonFields& fields) {
    Parts parts;
    for (JsonFields& each : fields.each("items")) {
        const std::string whole(each.raw("parent_item_id"));
        if (whole.empty()) continue;
        std::string& names = parts[whole];
        names += (names.empty() ? "" : ", ") + each.text("name");
    }
    return parts;
}

void take_line(JsonFields& fields, const Parts& parts, bool is_cancelled, Order& order,
               int& shipped) {
    OrderLine line;
    line.line = static_cast<int>(order.lines.size()) + 1;
    line.sku = fields.text("sku");
    line.title = fields.text("name");
    line.product_id = fields.text("product_id");
    if (line.title.empty()) fields.refuse("name", "the title is empty");
    const auto made_of = parts.find(std::string(fields.raw("item_id")));
    if (made_of != parts.end() && made_of->second != line.title) line.variant = made_of->second;
    line.quantity = fields.whole("qty_ordered", 0, kMostPieces);
    const int gone = fields.whole("qty_canceled", 0, kMostPieces, 0);
    if (!is_cancelled) line.quantity -= gone;
    shipped += fields.whole("qty_shipped", 0, kMostPieces, 0);
    line.backordered = fields.whole("qty_backordered", 0, kMostPieces, 0);
    if (line.quantity <= 0) return;
    line.unit_price = first_money(fields, "price_incl_tax", "price");
    line.line_total = first_money(fields, "row_total_incl_tax", "row_total");
    line.line_total.minor -= fields.money("discount_amount", Money{0}).minor;
    if (!fields.has("row_total_incl_tax") && !fields.has("row_total")) {
        line.line_total = {line.unit_price.minor * line.quantity};
    }
    order.lines.push_back(std::move(line));
}

void take_lines(JsonFields& fields, Order& order) {
    const Parts parts = parts_of(fields);
    int shipped = 0, pieces = 0;
    for (JsonFields& each : fields.each("items")) {
        if (!each.raw("parent_item_id").empty()) continue;
        take_line(each, parts, order.status == OrderStatus::Cancelled, order, shipped);
    }
    for (const OrderLine& line : order.lines) pieces += line.quantity;
    if (order.status == OrderStatus::Open && shipped > 0) {
        order.status = shipped < pieces ? OrderStatus::PartlyShipped : OrderStatus::Shipped;
    }
    // closed: all money went back, before or after the parcel left
    if (order.payment == PaymentStatus::Refunded && shipped > 0)
        order.status = OrderStatus::Shipped;
}

}  // namespace

Order read_magento_order(JsonFields& fields) {
    Order order;
    order.number = OrderNumber{fields.text("increment_id")};
    order.external_id = fields.text("entity_id");
    order.placed_at = fields.time("created_at");
    take_status(fields, order);
    order.currency = fields.code("order_currency_code", 3);
    order.email = fields.text("customer_email");
    JsonFields to = address_fields(fields);
    order.ship_to = address_of(to);
    order.phone = to.text("telephone");
    order.shipping = first_money(fields, "shipping_incl_tax", "shipping_amount");
    order.total = fields.money("grand_total");
    order.note = fields.long_text("customer_note");
    order.parcels = {{1, "", fields.text("shipping_description"), ""}};
    take_lines(fields, order);
    return order;
}

}  // namespace verso::records

// SPDX-License-Identifier: Apache-2.0
#include "records/import/neutral_json.h"

#include <fmt/format.h>

#include <algorithm>

namespace verso::records {

namespace {

constexpr int kMostParcels = 99, kMostPieces = 100'000, kMostLines = 100'000;

template <class Value>
Value named(JsonFields& fields, std::string_view key, Result<Value> (*parse)(std::string_view)) {
    auto value = parse(fields.raw(key));
    if (value) return *value;
    fields.refuse(key, fmt::format("{}; {}", value.error().message, value.error().cure));
    return Value{};
}

void take_facts(JsonFields& fields, Order& order) {
    order.revision = fields.whole("revision", 1, 1'000'000, 1);
    order.placed_at = fields.time("placed_at");
    order.status = named(fields, "status", parse_order_status);
    order.payment = named(fields, "payment", parse_payment_status);
    order.paid_at = fields.time_if_any("paid_at");
    order.cancelled_at = fields.time_if_any("cancelled_at");
    order.currency = fields.code("currency", 3);
    order.language = fields.language("language");
    order.email = fields.text("email");
    order.phone = fields.text("phone");
    order.ship_to = {fields.text("name"),   fields.text("company"),   fields.text("line1"),
                     fields.text("line2"),  fields.text("postcode"),  fields.text("city"),
                     fields.text("region"), fields.code("country", 2)};
    order.promised_on = fields.day_if_any("promised_on");
    order.shipping = fields.money("shipping", Money{0});
    order.total = fields.money("total");
    order.note = fields.long_text("note");
    order.external_id = fields.text("external_id");
    order.insider = fields.flag("insider");
}

/// The number's parcel, made when it is new.
Parcel& parcel_of(Order& order, int number) {
    for (Parcel& parcel : order.parcels) {
        if (parcel.number == number) return parcel;
    }
    order.parcels.push_back({number, "", "", ""});
    return order.parcels.back();
}

void take_parcels(JsonFields& fields, Order& order) {
    for (JsonFields& each : fields.each("parcels")) {
        const int number = each.whole("parcel", 1, kMostParcels, 1);
        const auto before = order.parcels.size();
        Parcel& parcel = parcel_of(order, number);
        if (order.parcels.size() == before) {
            each.refuse("parcel", fmt::format("parcel {} stands there twice", number));
        }
        parcel.carrier = each.text("carrier");
        parcel.service = each.text("service");
        parcel.tracking = each.text("tracking");
    }
}

void take_line(JsonFields& fields, Order& order) {
    OrderLine line;
    const int next = static_cast<int>(order.lines.size()) + 1;
    line.line = fields.whole("line", 1, kMostLines, next);
    line.sku = fields.text("sku");
    line.ean = fields.text("ean");
    line.title = fields.text("title");
    line.variant = fields.text("variant");
    line.bin = fields.text("bin");
    line.product_id = fields.text("product_id");
    line.quantity = fields.whole("quantity", 1, kMostPieces);
    line.backordered = fields.whole("backordered", 0, kMostPieces, 0);
    line.unit_price = fields.money("unit_price");
    line.line_total = fields.money(
        "line_total", Money{fields.is_refused() ? 0 : line.unit_price.minor * line.quantity});
    line.parcel = fields.whole("parcel", 1, kMostParcels, 1);
    if (line.title.empty()) fields.refuse("title", "the title is empty");
    if (line.backordered > line.quantity) {
        fields.refuse("backordered", "more are backordered than ordered");
    }
    parcel_of(order, line.parcel);
    order.lines.push_back(std::move(line));
}

}  // namespace

Order read_neutral_order(JsonFields& fields) {
    Order order;
    order.number = OrderNumber{fields.text("order")};
    take_facts(fields, order);
    take_parcels(fields, order);
    for (JsonFields& line : fields.each("lines")) take_line(line, order);
    const auto by_line = [](const OrderLine& a, const OrderLine& b) { return a.line < b.line; };
    std::sort(order.lines.begin(), order.lines.end(), by_line);
    for (std::size_t i = 1; i < order.lines.size(); ++i) {
        if (order.lines[i].line != order.lines[i - 1].line) continue;
        fields.refuse("lines", fmt::format("line {} stands there twice", order.lines[i].line));
    }
    std::sort(order.parcels.begin(), order.parcels.end(),
              [](const Parcel& a, const Parcel& b) { return a.number < b.number; });
    return order;
}

}  // namespace verso::records

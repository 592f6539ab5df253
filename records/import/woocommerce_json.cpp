// SPDX-License-Identifier: Apache-2.0
#include "records/import/woocommerce_json.h"

#include <fmt/format.h>

#include "records/import/html_text.h"
#include "records/import/platform_words.h"

namespace verso::records {

namespace {

constexpr int kMostPieces = 100'000;

/// The platform writes the shop's time and GMT, neither with an offset; together they have one.
ZonedTime zoned(JsonFields& fields, const std::string& key) {
    const std::string gmt = key + "_gmt";
    if (!fields.has(gmt)) return fields.time(key);
    ZonedTime time = fields.time(gmt);
    if (!fields.has(key)) return time;
    const auto offset = std::chrono::floor<std::chrono::minutes>(fields.time(key).utc - time.utc);
    if (std::chrono::abs(offset) <= std::chrono::hours(14)) time.offset = offset;
    return time;
}

std::optional<ZonedTime> zoned_if_any(JsonFields& fields, const std::string& key) {
    if (!fields.has(key) && !fields.has(key + "_gmt")) return std::nullopt;
    return zoned(fields, key);
}

bool has_address(const JsonFields& to) {
    return !to.raw("country").empty() || !to.raw("address_1").empty();
}

Address address_of(JsonFields to) {
    const std::string first = to.text("first_name"), last = to.text("last_name");
    Address out{first.empty() || last.empty() ? first + last : first + " " + last,
                to.text("company"),
                to.text("address_1"),
                to.text("address_2"),
                to.text("postcode"),
                to.text("city"),
                to.text("state"),
                ""};
    out.country = to.code("country", 2);
    return out;
}

/// What the buyer chose: the values of the line's data, but for the plugins' own.
std::string variant_of(JsonFields& line) {
    std::string variant;
    for (JsonFields& each : line.each("meta_data")) {
        if (each.raw("key").starts_with("_") || each.raw("value").empty()) continue;
        variant += variant.empty() ? "" : ", ";
        variant +=
            plain_text(each.text(each.raw("display_value").empty() ? "value" : "display_value"));
    }
    return variant;
}

void take_line(JsonFields& fields, Order& order) {
    OrderLine line;
    line.line = static_cast<int>(order.lines.size()) + 1;
    line.sku = fields.text("sku");
    line.title = plain_text(fields.text("name"));
    line.variant = variant_of(fields);
    line.product_id = fields.text("product_id");
    line.quantity = fields.whole("quantity", 0, kMostPieces);
    if (line.title.empty()) fields.refuse("name", "the title is empty");
    if (line.quantity == 0) return;
    line.line_total = {fields.money("total").minor + fields.money("total_tax", Money{0}).minor};
    // The price of one piece stands there as a number without tax: the total has both.
    const std::int64_t half = line.quantity / 2;
    line.unit_price = {(line.line_total.minor + (line.line_total.minor < 0 ? -half : half)) /
                       line.quantity};
    order.lines.push_back(std::move(line));
}

/// The tracking number where WooCommerce's shipment tracking puts it; there is none in the core.
std::string tracking_of(JsonFields& fields, std::string& carrier) {
    for (JsonFields& each : fields.each("meta_data")) {
        if (each.raw("key") != "_wc_shipment_tracking_items") continue;
        for (JsonFields& item : each.each("value")) {
            carrier = item.text("tracking_provider");
            return item.text("tracking_number");
        }
    }
    return {};
}

void take_status(JsonFields& fields, Order& order) {
    const auto status = status_from_woocommerce(fields.raw("status"));
    if (!status) {
        fields.refuse("status", fmt::format("{}; {}", status.error().message, status.error().cure));
        return;
    }
    order.status = status->status;
    order.payment = status->payment;
    order.paid_at = zoned_if_any(fields, "date_paid");
    const bool was_shipped = fields.has("date_completed") || fields.has("date_completed_gmt");
    if (order.payment == PaymentStatus::Refunded && was_shipped)
        order.status = OrderStatus::Shipped;
    if (order.status == OrderStatus::Cancelled && order.payment == PaymentStatus::Unpaid &&
        order.paid_at) {
        order.payment = PaymentStatus::Paid;  // cancelled after payment, not refunded yet
    }
    if (order.payment == PaymentStatus::Paid && !fields.each("refunds").empty()) {
        order.payment = PaymentStatus::PartlyRefunded;
    }
}

}  // namespace

Order read_woocommerce_order(JsonFields& fields) {
    Order order;
    order.number = OrderNumber{fields.text(fields.raw("number").empty() ? "id" : "number")};
    order.external_id = fields.text("id");
    order.placed_at = zoned(fields, "date_created");
    take_status(fields, order);
    order.currency = fields.code("currency", 3);
    const char* const to = has_address(fields.inside("shipping")) ? "shipping" : "billing";
    order.ship_to = address_of(fields.inside(to));
    order.email = fields.inside("billing").text("email");
    order.phone = fields.inside("shipping").text("phone");
    if (order.phone.empty()) order.phone = fields.inside("billing").text("phone");
    order.note = fields.long_text("customer_note");
    order.total = fields.money("total");
    order.shipping = {fields.money("shipping_total", Money{0}).minor +
                      fields.money("shipping_tax", Money{0}).minor};
    Parcel parcel;
    parcel.tracking = tracking_of(fields, parcel.carrier);
    auto methods = fields.each("shipping_lines");
    if (!methods.empty()) parcel.service = plain_text(methods.front().text("method_title"));
    order.parcels = {parcel};
    for (JsonFields& line : fields.each("line_items")) take_line(line, order);
    return order;
}

}  // namespace verso::records

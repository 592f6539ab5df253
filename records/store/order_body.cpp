// SPDX-License-Identifier: Apache-2.0
#include "records/store/order_body.h"

#include <nlohmann/json.hpp>

namespace verso::records {

namespace {

using Json = nlohmann::ordered_json;

void put(Json& to, const char* name, const std::string& value) {
    if (!value.empty()) to[name] = value;
}
void put(Json& to, const char* name, std::int64_t value) {
    if (value != 0) to[name] = value;
}
void put(Json& to, const char* name, const std::optional<ZonedTime>& time) {
    if (time) to[name] = format_time(*time);
}

Json address(const Address& from) {
    Json to = Json::object();
    put(to, "name", from.name);
    put(to, "company", from.company);
    put(to, "line1", from.line1);
    put(to, "line2", from.line2);
    put(to, "postcode", from.postcode);
    put(to, "city", from.city);
    put(to, "region", from.region);
    put(to, "country", from.country);
    return to;
}

Json parcels(const Order& order) {
    Json all = Json::array();
    for (const Parcel& parcel : order.parcels) {
        Json one = {{"number", parcel.number}};
        put(one, "carrier", parcel.carrier);
        put(one, "service", parcel.service);
        put(one, "tracking", parcel.tracking);
        all.push_back(std::move(one));
    }
    return all;
}

Json lines(const Order& order) {
    Json all = Json::array();
    for (const OrderLine& line : order.lines) {
        Json one = {{"line", line.line}};
        put(one, "sku", line.sku);
        put(one, "ean", line.ean);
        put(one, "title", line.title);
        put(one, "variant", line.variant);
        put(one, "bin", line.bin);
        put(one, "quantity", std::int64_t{line.quantity});
        put(one, "unit_price", line.unit_price.minor);
        put(one, "line_total", line.line_total.minor);
        one["parcel"] = line.parcel;
        put(one, "product_id", line.product_id);
        put(one, "backordered", std::int64_t{line.backordered});
        all.push_back(std::move(one));
    }
    return all;
}

/// Reads one object; the first value that is not as it must be is kept as the fault.
class Fields {
  public:
    explicit Fields(const Json& from) : from_(from) {}

    void text(const char* name, std::string& to) const {
        const auto found = from_.find(name);
        if (found != from_.end()) found->get_to(to);
    }
    template <class Number>
    void number(const char* name, Number& to) const {
        const auto found = from_.find(name);
        if (found != from_.end()) found->get_to(to);
    }
    void money(const char* name, Money& to) const { number(name, to.minor); }
    std::string text(const char* name) const {
        std::string out;
        text(name, out);
        return out;
    }

  private:
    const Json& from_;
};

void read_address(const Json& json, Address& to) {
    const Fields from(json);
    from.text("name", to.name);
    from.text("company", to.company);
    from.text("line1", to.line1);
    from.text("line2", to.line2);
    from.text("postcode", to.postcode);
    from.text("city", to.city);
    from.text("region", to.region);
    from.text("country", to.country);
}

Parcel read_parcel(const Json& json) {
    const Fields from(json);
    Parcel to;
    from.number("number", to.number);
    from.text("carrier", to.carrier);
    from.text("service", to.service);
    from.text("tracking", to.tracking);
    return to;
}

OrderLine read_line(const Json& json) {
    const Fields from(json);
    OrderLine to;
    from.number("line", to.line);
    from.text("sku", to.sku);
    from.text("ean", to.ean);
    from.text("title", to.title);
    from.text("variant", to.variant);
    from.text("bin", to.bin);
    from.number("quantity", to.quantity);
    from.money("unit_price", to.unit_price);
    from.money("line_total", to.line_total);
    from.number("parcel", to.parcel);
    from.text("product_id", to.product_id);
    from.number("backordered", to.backordered);
    return to;
}

void read_facts(const Fields& from, Order& to) {
    from.text("currency", to.currency);
    from.text("language", to.language);
    from.text("email", to.email);
    from.text("phone", to.phone);
    from.money("shipping", to.shipping);
    from.money("total", to.total);
    from.text("note", to.note);
    from.text("external_id", to.external_id);
    int insider = 0;
    from.number("insider", insider);
    to.insider = insider != 0;
    if (auto time = parse_time(from.text("paid_at"))) to.paid_at = *time;
    if (auto time = parse_time(from.text("cancelled_at"))) to.cancelled_at = *time;
    if (auto day = parse_day(from.text("promised_on"))) to.promised_on = *day;
}

Result<Order> read(const Json& json) {
    const Fields from(json);
    const auto placed = parse_time(from.text("placed_at"));
    const auto status = parse_order_status(from.text("status"));
    const auto payment = parse_payment_status(from.text("payment"));
    if (!placed) return placed.error();
    if (!status) return status.error();
    if (!payment) return payment.error();
    Order order;
    order.placed_at = *placed;
    order.status = *status;
    order.payment = *payment;
    order.currency.clear();
    read_facts(from, order);
    read_address(json.at("ship_to"), order.ship_to);
    for (const Json& parcel : json.at("parcels")) order.parcels.push_back(read_parcel(parcel));
    for (const Json& line : json.at("lines")) order.lines.push_back(read_line(line));
    return order;
}

}  // namespace

std::string order_to_body(const Order& order) {
    Json to = {{"placed_at", format_time(order.placed_at)},
               {"status", to_string(order.status)},
               {"payment", to_string(order.payment)}};
    put(to, "paid_at", order.paid_at);
    put(to, "cancelled_at", order.cancelled_at);
    put(to, "currency", order.currency);
    put(to, "language", order.language);
    put(to, "email", order.email);
    put(to, "phone", order.phone);
    to["ship_to"] = address(order.ship_to);
    if (order.promised_on) to["promised_on"] = format_day(*order.promised_on);
    put(to, "shipping", order.shipping.minor);
    put(to, "total", order.total.minor);
    put(to, "note", order.note);
    put(to, "external_id", order.external_id);
    put(to, "insider", std::int64_t{order.insider ? 1 : 0});
    to["parcels"] = parcels(order);
    to["lines"] = lines(order);
    return to.dump(-1, ' ', false, Json::error_handler_t::replace);
}

Result<Order> order_from_body(std::string_view body) {
    try {
        return read(Json::parse(body));
    } catch (const nlohmann::json::exception& error) {
        return Error{ErrorCode::FormatInvalid, error.what(), "", "restore the database"};
    }
}

}  // namespace verso::records

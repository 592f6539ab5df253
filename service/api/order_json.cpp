// SPDX-License-Identifier: Apache-2.0
#include "service/api/order_json.h"

#include <algorithm>
#include <span>

#include "core/domain/card_link.h"

namespace verso::service {

namespace {

constexpr std::string_view kOrderMembers[]{
    "order",    "revision", "placed_at",   "status",  "payment", "paid_at",     "cancelled_at",
    "currency", "language", "email",       "phone",   "name",    "company",     "line1",
    "line2",    "postcode", "city",        "region",  "country", "promised_on", "shipping",
    "total",    "note",     "external_id", "insider", "parcels", "lines"};
constexpr std::string_view kParcelMembers[]{"parcel", "carrier", "service", "tracking"};
constexpr std::string_view kLineMembers[]{"line",        "sku",        "ean",        "title",
                                          "variant",     "bin",        "product_id", "quantity",
                                          "backordered", "unit_price", "line_total", "parcel"};

Json time_or_null(const std::optional<ZonedTime>& time) {
    return time ? Json(format_time(*time)) : Json(nullptr);
}

Json day_or_null(const std::optional<std::chrono::year_month_day>& day) {
    return day ? Json(format_day(*day)) : Json(nullptr);
}

Json lines_json(const Order& order) {
    Json lines = Json::array();
    for (const OrderLine& line : order.lines) {
        lines.push_back({{"line", line.line},
                         {"parcel", line.parcel},
                         {"sku", line.sku},
                         {"ean", line.ean},
                         {"product_id", line.product_id},
                         {"title", line.title},
                         {"variant", line.variant},
                         {"quantity", line.quantity},
                         {"backordered", line.backordered},
                         {"unit_price", format_money(line.unit_price)},
                         {"line_total", format_money(line.line_total)}});
    }
    return lines;
}

Json events_json(const records::ParcelStory& story) {
    Json events = Json::array();
    for (const auto& event : story.events) {
        events.push_back({{"at", format_time(event.at)},
                          {"status", records::to_string(event.status)},
                          {"cause", records::to_string(event.cause)},
                          {"source", records::to_string(event.source)},
                          {"word", event.word}});
    }
    return events;
}

Json parcels_json(const records::OrderStory& story) {
    Json parcels = Json::array();
    for (const Parcel& parcel : story.order.parcels) {
        const auto told = std::find_if(
            story.parcels.begin(), story.parcels.end(),
            [&](const records::ParcelStory& one) { return one.parcel == parcel.number; });
        const records::ParcelStory silent{parcel.number, {}, {}};
        const auto& known = told == story.parcels.end() ? silent : *told;
        parcels.push_back(
            {{"parcel", parcel.number},
             {"carrier", parcel.carrier},
             {"service", parcel.service},
             {"tracking", parcel.tracking},
             {"status",
              known.events.empty() ? Json(nullptr) : Json(records::to_string(known.state.status))},
             {"delivered_at", time_or_null(known.state.delivered)},
             {"promised_on", day_or_null(known.state.promised)},
             {"events", events_json(known)}});
    }
    return parcels;
}

Json inserts_json(const records::OrderStory& story) {
    Json inserts = Json::array();
    for (const records::CardRecord& card : story.cards) {
        const auto& insert = card.insert;
        inserts.push_back({{"insert", insert.insert.get()},
                           {"parcel", insert.parcel},
                           {"revision", insert.revision},
                           {"template", insert.template_name},
                           {"layout", insert.layout.get()},
                           {"card", format_card(insert.card)},
                           {"state", records::to_string(card.state)},
                           {"phase", records::to_string(card.phase)},
                           {"rma", insert.rma.get()},
                           {"printed_at", format_utc(insert.printed_at)}});
    }
    return inserts;
}

Json address_json(const Address& to) {
    return {{"name", to.name},     {"company", to.company},   {"line1", to.line1},
            {"line2", to.line2},   {"postcode", to.postcode}, {"city", to.city},
            {"region", to.region}, {"country", to.country}};
}

Result<void> check_members(const Json& object, std::span<const std::string_view> known,
                           const std::string& pointer) {
    if (!object.is_object()) {
        return Error{ErrorCode::ValueInvalid, "this is no object", pointer, ""};
    }
    for (const auto& [name, value] : object.items()) {
        if (std::find(known.begin(), known.end(), name) != known.end()) continue;
        return Error{ErrorCode::ValueInvalid, "there is no member " + name, pointer + "/" + name,
                     "leave it out; see /api/v1/openapi.json"};
    }
    return {};
}

}  // namespace

Json order_row_json(const records::OrderSummary& order, records::OrderState state) {
    return {{"order", order.number.get()},
            {"revision", order.revision},
            {"state", records::to_string(state)},
            {"status", to_string(order.status)},
            {"payment", to_string(order.payment)},
            {"placed_at", format_time(order.placed_at)},
            {"country", order.country},
            {"language", order.language},
            {"lines", order.lines},
            {"parcels", order.parcels},
            {"total", format_money(order.total)},
            {"currency", order.currency}};
}

Json order_json(const records::OrderStory& story) {
    const Order& order = story.order;
    return {{"order", order.number.get()},
            {"revision", order.revision},
            {"state", records::to_string(story.state)},
            {"status", to_string(order.status)},
            {"payment", to_string(order.payment)},
            {"placed_at", format_time(order.placed_at)},
            {"paid_at", time_or_null(order.paid_at)},
            {"cancelled_at", time_or_null(order.cancelled_at)},
            {"promised_on", day_or_null(order.promised_on)},
            {"external_id", order.external_id},
            {"insider", order.insider},
            {"language", order.language},
            {"ship_to", address_json(order.ship_to)},
            {"currency", order.currency},
            {"shipping", format_money(order.shipping)},
            {"total", format_money(order.total)},
            {"lines", lines_json(order)},
            {"parcels", parcels_json(story)},
            {"inserts", inserts_json(story)}};
}

Json card_json(const records::CardRecord& card) {
    return {{"card", format_card(card.insert.card)},
            {"state", records::to_string(card.state)},
            {"phase", records::to_string(card.phase)}};
}

Result<void> check_order_members(const Json& order, const std::string& pointer) {
    if (auto sound = check_members(order, kOrderMembers, pointer); !sound) return sound;
    struct Part {
        const char* name;
        std::span<const std::string_view> members;
    };
    for (const Part& part : {Part{"parcels", kParcelMembers}, Part{"lines", kLineMembers}}) {
        const auto list = order.find(part.name);
        if (list == order.end() || !list->is_array()) continue;
        for (std::size_t i = 0; i < list->size(); ++i) {
            const std::string place = pointer + "/" + part.name + "/" + std::to_string(i);
            if (auto sound = check_members(list->at(i), part.members, place); !sound) return sound;
        }
    }
    return {};
}

}  // namespace verso::service

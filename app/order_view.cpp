// SPDX-License-Identifier: Apache-2.0
#include "app/order_view.h"

#include <nlohmann/json.hpp>
#include <span>

#include "core/domain/card_link.h"
#include "core/domain/reading_json.h"

namespace verso::app {

namespace {

using Json = nlohmann::ordered_json;

std::string dump(const Json& json) {
    return json.dump(-1, ' ', false, nlohmann::json::error_handler_t::replace);
}

Json card_json(const records::CardRecord& card) {
    return {{"card", format_card(card.insert.card)},
            {"state", records::to_string(card.state)},
            {"phase", records::to_string(card.phase)},
            {"parcel", card.insert.parcel},
            {"revision", card.insert.revision},
            {"insert", card.insert.insert.get()},
            {"template", card.insert.template_name},
            {"layout", card.insert.layout.get()},
            {"file", card.insert.file},
            {"first_page", card.insert.first_page},
            {"rma", card.insert.rma.get()},
            {"printed_at", format_utc(card.insert.printed_at)}};
}

Json line_json(const OrderLine& line) {
    return {{"line", line.line},
            {"parcel", line.parcel},
            {"sku", line.sku},
            {"title", line.title},
            {"variant", line.variant},
            {"quantity", line.quantity},
            {"unit_price", format_money(line.unit_price)},
            {"line_total", format_money(line.line_total)}};
}

Json order_json(const Order& order, std::span<const records::CardRecord> cards,
                const std::optional<Rating>& rating) {
    Json lines = Json::array();
    for (const auto& line : order.lines) lines.push_back(line_json(line));
    Json printed = Json::array();
    for (const auto& card : cards) printed.push_back(card_json(card));
    const Address& to = order.ship_to;
    return {{"order", order.number.get()},
            {"revision", order.revision},
            {"placed_at", format_time(order.placed_at)},
            {"status", to_string(order.status)},
            {"payment", to_string(order.payment)},
            {"language", order.language},
            {"ship_to",
             {{"name", to.name},
              {"company", to.company},
              {"line1", to.line1},
              {"line2", to.line2},
              {"postcode", to.postcode},
              {"city", to.city},
              {"country", to.country}}},
            {"currency", order.currency},
            {"total", format_money(order.total)},
            {"parcels", order.parcels.size()},
            {"lines", std::move(lines)},
            {"cards", std::move(printed)},
            {"rating", rating ? Json::parse(to_json(*rating)) : Json(nullptr)}};
}

std::string rating_sentence(const Rating& rating) {
    std::string out = "Rating by " + std::string(to_string(rating.channel)) + ":";
    for (const auto& [question, value] : rating.answers) {
        out += " " + question + " " + std::to_string(value);
    }
    return out;
}

void show_for_people(Output& out, const Order& order, std::span<const records::CardRecord> cards,
                     const std::optional<Rating>& rating) {
    const Address& to = order.ship_to;
    out.say("Order " + order.number.get() + ", revision " + std::to_string(order.revision) +
            ", placed " + format_time(order.placed_at));
    out.say(std::string(to_string(order.status)) + ", " + std::string(to_string(order.payment)) +
            ", total " + format_money(order.total) + " " + order.currency);
    out.say(to.name + ", " + to.line1 + ", " + to.postcode + " " + to.city + ", " + to.country);
    Table lines({">parcel", "sku", "article", ">quantity", ">total"});
    for (const auto& line : order.lines) {
        const std::string variant = line.variant.empty() ? "" : " - " + line.variant;
        lines.add({std::to_string(line.parcel), line.sku, line.title + variant,
                   std::to_string(line.quantity), format_money(line.line_total)});
    }
    out.show(lines);
    Table printed({"card", "state", ">parcel", ">revision", "printed", "file", ">page"});
    for (const auto& card : cards) {
        printed.add({format_typed_code(card.insert.card),
                     std::string(records::to_string(card.phase)),
                     std::to_string(card.insert.parcel), std::to_string(card.insert.revision),
                     format_utc(card.insert.printed_at), card.insert.file,
                     std::to_string(card.insert.first_page)});
    }
    out.show(printed);
    out.say(rating ? rating_sentence(*rating) : "No rating yet.");
}

}  // namespace

std::string order_summary_json(const records::OrderSummary& order) {
    return dump({{"order", order.number.get()},
                 {"revision", order.revision},
                 {"placed_at", format_time(order.placed_at)},
                 {"status", to_string(order.status)},
                 {"payment", to_string(order.payment)},
                 {"name", order.name},
                 {"country", order.country},
                 {"language", order.language},
                 {"lines", order.lines},
                 {"parcels", order.parcels},
                 {"total", format_money(order.total)},
                 {"currency", order.currency}});
}

void show(Output& out, const records::OrderStory& story, const std::optional<Rating>& rating,
          const OrderHistory& history) {
    if (!out.is_json()) {
        show_for_people(out, story.order, story.cards, rating);
        return show_history(out, story, history);
    }
    Json json = order_json(story.order, story.cards, rating);
    json.update(Json::parse(history_json(story, history)));
    out.line(dump(json));
}

std::string order_done_json(const records::OrderDone& done) {
    Json voided = Json::array();
    for (const CardId card : done.voids) voided.push_back(format_card(card));
    return dump({{"order", done.order.number.get()},
                 {"revision", done.order.revision},
                 {"status", to_string(done.order.status)},
                 {"voided", std::move(voided)}});
}

}  // namespace verso::app

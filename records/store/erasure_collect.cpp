// SPDX-License-Identifier: Apache-2.0
#include <fmt/format.h>

#include <array>
#include <nlohmann/json.hpp>

#include "core/domain/card_link.h"
#include "records/store/erasure_table.h"

namespace verso::records {

namespace {

using Json = nlohmann::ordered_json;

/// One part of what is kept of an order: its name, its columns as they are in the database, and
/// the rows. A column that ends in "_at" is a moment, one in "_json" holds JSON.
struct Section {
    const char* name;
    std::vector<std::string> columns;  ///< expression and name, or both in one word
    const char* rows;                  ///< FROM … WHERE …, of the order with :id
};

const std::vector<Section>& sections() {
    static const std::vector<Section> kSections{
        {"order",
         {"o.number", "o.revision", "o.erased", "o.insider"},
         "FROM customer_order o WHERE o.id = :id"},
        {"revisions",
         {"b.revision", "b.saved_at", "b.body AS body_json"},
         "FROM order_body b WHERE b.order_id = :id ORDER BY b.revision"},
        {"said", {"s.body AS body_json"}, "FROM order_said s WHERE s.order_id = :id"},
        {"events",
         {"e.at AS happened_at", "e.who", "e.what", "e.detail"},
         "FROM order_event e WHERE e.order_id = :id ORDER BY e.id"},
        {"inserts",
         {"c.id AS card", "i.insert_id", "i.revision", "i.parcel", "i.template_name", "i.rma",
          "i.label", "i.file", "i.printed_at", "i.packer", "c.state", "c.void_reason", "c.draft"},
         "FROM printed_insert i JOIN card c ON c.printed_insert_id = i.id"
         " WHERE i.order_id = :id ORDER BY i.id"},
        {"responses",
         {"t.card_id AS card", "t.channel", "t.kind", "t.answers AS answers_json",
          "t.products AS products_json", "t.comment", "t.publish", "t.outcome", "t.recorded_at"},
         "FROM response t WHERE t.order_id = :id ORDER BY t.id"},
        {"rating",
         {"t.card_id AS card", "t.channel", "t.answers AS answers_json",
          "t.products AS products_json", "t.comment", "t.publish", "t.withdrawn", "t.recorded_at"},
         "FROM rating t WHERE t.order_id = :id"},
        {"readings",
         {"s.path", "s.sha256 AS image", "s.image_gone", "r.page", "r.verdict",
          "r.json AS reading_json", "r.recorded_at"},
         "FROM reading r JOIN scan s ON s.id = r.scan_id"
         " JOIN customer_order o ON o.shop_id = s.shop_id"
         " WHERE o.id = :id AND (r.order_number = o.number OR r.id IN"
         " (SELECT t.reading_id FROM response t WHERE t.order_id = o.id)) ORDER BY r.id"},
        {"reviews",
         {"v.opened_at", "v.settled_at", "v.how", "v.reasons AS reasons_json"},
         "FROM review_item v JOIN customer_order o ON o.shop_id = v.shop_id"
         " AND o.number = v.order_number WHERE o.id = :id ORDER BY v.id"},
        {"returns",
         {"r.rma", "r.parcel", "r.state", "r.channel", "r.wish", "r.tracking", "r.detail",
          "r.opened_at", "r.changed_at"},
         "FROM return_case r WHERE r.order_id = :id ORDER BY r.id"},
        {"return_lines",
         {"r.rma", "l.line", "l.expected", "l.received", "l.reason", "l.condition", "l.note"},
         "FROM return_line l JOIN return_case r ON r.id = l.return_id"
         " WHERE r.order_id = :id ORDER BY r.id, l.line"},
        {"return_events",
         {"r.rma", "e.at AS happened_at", "e.who", "e.what", "e.detail"},
         "FROM return_event e JOIN return_case r ON r.id = e.return_id"
         " WHERE r.order_id = :id ORDER BY e.id"},
        {"return_photos",
         {"r.rma", "p.line", "p.file"},
         "FROM return_photo p JOIN return_case r ON r.id = p.return_id"
         " WHERE r.order_id = :id ORDER BY p.id"},
        {"photos",
         {"p.rma", "p.path", "p.sent_at"},
         "FROM buyer_photo p WHERE p.order_id = :id ORDER BY p.id"},
        {"parcel_events",
         {"e.source", "e.carrier", "e.tracking", "e.status", "e.cause", "e.happened_at", "e.word",
          "e.raw"},
         "FROM parcel_event e JOIN customer_order o ON o.shop_id = e.shop_id"
         " WHERE o.id = :id AND e.order_number = o.number ORDER BY e.id"},
    };
    return kSections;
}

/// "o.number" is called "number", "t.card_id AS card" is called "card".
std::string name_of(const std::string& column) {
    if (const auto as = column.find(" AS "); as != std::string::npos) return column.substr(as + 4);
    return column.substr(column.find('.') + 1);
}

std::string statement_of(const Section& section) {
    std::string text = "SELECT ";
    for (const std::string& column : section.columns) {
        const std::string value = column.substr(0, column.find(" AS "));
        if (text.size() > 7) text += ", ";
        text += fmt::format("coalesce(CAST({} AS TEXT), '')", value);
    }
    return text + " " + section.rows;
}

void put(Json& to, const std::string& name, const std::string& value) {
    if (value.empty()) return;
    if (name == "card") {
        to[name] = format_card(CardId{std::stoull(value)});
    } else if (name.ends_with("_at")) {
        to[name] = format_utc(instant(std::stoll(value)));
    } else if (name.ends_with("_json")) {
        Json json = Json::parse(value, nullptr, false);
        to[name.substr(0, name.size() - 5)] = json.is_discarded() ? Json(value) : json;
    } else {
        to[name] = value;
    }
}

Json rows_of(Connection& db, const Section& section, long long id) {
    Json all = Json::array();
    std::array<std::string, 16> values;
    Query query = db.query(statement_of(section));
    query.in(id);
    for (std::size_t i = 0; i < section.columns.size(); ++i) query.out(values.at(i));
    for (bool more = query.first(); more; more = query.next()) {
        Json row = Json::object();
        for (std::size_t i = 0; i < section.columns.size(); ++i) {
            put(row, name_of(section.columns[i]), values.at(i));
        }
        all.push_back(std::move(row));
    }
    return all;
}

}  // namespace

Result<std::string> ErasureTable::collect(ShopId shop, const OrderNumber& order) {
    return db_.in_safety([&]() -> Result<std::string> {
        auto id = order_id(shop.get(), order);
        if (!id) return id.error();
        Json out = Json::object();
        for (const Section& section : sections()) {
            Json rows = rows_of(db_, section, *id);
            if (!rows.empty()) out[section.name] = std::move(rows);
        }
        return out.dump(2, ' ', false, Json::error_handler_t::replace);
    });
}

}  // namespace verso::records

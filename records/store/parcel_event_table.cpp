// SPDX-License-Identifier: Apache-2.0
#include "records/store/parcel_event_table.h"

#include <fmt/format.h>

#include <algorithm>
#include <map>
#include <set>

namespace verso::records {

namespace {

namespace sql {

constexpr const char* kAdd =
    "INSERT INTO parcel_event (shop_id, event_key, source, carrier, tracking, status, cause,"
    " happened_at, utc_offset, promised_on, word, told_tracking, order_number, order_key, parcel,"
    " raw, recorded_at)"
    " VALUES (:shop, :event, :source, :carrier, :tracking, :status, :cause, :at, :offset,"
    " :promised, :word, :told, :order, :key, :parcel, :raw, :now)"
    " ON CONFLICT (shop_id, event_key) DO NOTHING";

constexpr const char* kOfParcel =
    "SELECT event_key, source, carrier, status, cause, happened_at, utc_offset, promised_on, word,"
    " told_tracking, order_number, order_key, parcel, raw FROM parcel_event"
    " WHERE shop_id = :shop AND tracking = :tracking ORDER BY happened_at, id";

constexpr const char* kSettle =
    "INSERT INTO parcel_state (shop_id, tracking, carrier, status, cause, changed_at,"
    " delivered_at, delivered_offset, promised_on)"
    " VALUES (:shop, :tracking, :carrier, :status, :cause, :changed, :delivered, :offset,"
    " :promised)"
    " ON CONFLICT (shop_id, tracking) DO UPDATE SET carrier = excluded.carrier,"
    " status = excluded.status, cause = excluded.cause, changed_at = excluded.changed_at,"
    " delivered_at = excluded.delivered_at, delivered_offset = excluded.delivered_offset,"
    " promised_on = excluded.promised_on, uncounted = 1";

constexpr const char* kDelivered =
    "SELECT delivered_at FROM parcel_state WHERE shop_id = :shop AND tracking = :tracking";

}  // namespace sql

std::string day_text(const std::optional<std::chrono::year_month_day>& day) {
    return day ? format_day(*day) : std::string();
}

/// Unique in a shop: an id is unique in its source only.
std::string event_key(const CarrierEvent& event) {
    return fmt::format("{}:{}", to_string(event.source), event.event_id);
}

}  // namespace

void ParcelEventTable::lock(ShopId shop, const std::string& parcel) {
    // Two that add to one parcel at once would each settle it without the other's events.
    const auto statement = db_.dialect().named_lock;
    if (statement.empty()) return;
    long long held = 0;
    const std::string name = fmt::format("verso parcel {} {}", shop.get(), parcel);
    db_.query(std::string(statement)).in(name).out(held).run();
}

bool ParcelEventTable::add(ShopId shop, const CarrierEvent& event, const std::string& parcel,
                           Instant now) {
    const long long shop_id = shop.get(), at = seconds(event.at.utc), moment = seconds(now);
    const std::string key = event_key(event), source(to_string(event.source));
    const std::string status(to_string(event.status)), cause(to_string(event.cause));
    const std::string promised = day_text(event.promised);
    const int offset = static_cast<int>(event.at.offset.count());
    return db_.write(sql::kAdd, shop_id, key, source, event.carrier, parcel, status, cause, at,
                     offset, promised, event.word, event.tracking, event.order, event.order_key,
                     event.parcel, event.raw, moment) > 0;
}

std::vector<CarrierEvent> ParcelEventTable::rows(ShopId shop, const std::string& parcel) {
    const long long shop_id = shop.get();
    std::string key, source, status, cause, promised;
    long long at = 0;
    int offset = 0;
    CarrierEvent row;
    std::vector<CarrierEvent> found;
    Query query = db_.query(sql::kOfParcel);
    query.in(shop_id, parcel)
        .out(key, source, row.carrier, status, cause, at, offset, promised, row.word, row.tracking,
             row.order, row.order_key, row.parcel, row.raw);
    for (bool more = query.first(); more; more = query.next()) {
        // Words that no Verso of this age wrote mean nothing to it, as those of carriers.
        row.source = parse_event_source(source).value_or(EventSource::Json);
        row.status = parse_parcel_status(status).value_or(ParcelStatus::Unknown);
        row.cause = parse_incident_cause(cause).value_or(IncidentCause::None);
        row.event_id = key.substr(key.find(':') + 1);
        row.at = {instant(at), std::chrono::minutes{offset}};
        row.promised.reset();
        if (auto day = parse_day(promised)) row.promised = *day;
        found.push_back(row);
    }
    return found;
}

bool ParcelEventTable::was_delivered(ShopId shop, const std::string& parcel) {
    const long long shop_id = shop.get();
    long long at = 0;
    return db_.query(sql::kDelivered).in(shop_id, parcel).out(at).run() && at != 0;
}

Result<void> ParcelEventTable::settle(ShopId shop, const std::string& parcel, Instant now) {
    const bool is_old_news = was_delivered(shop, parcel);
    const auto events = rows(shop, parcel);
    const ParcelState state = parcel_state(events);
    const long long shop_id = shop.get();
    const std::string status(to_string(state.status)), promised = day_text(state.promised);
    const std::string cause(
        to_string(state.causes.empty() ? IncidentCause::None : state.causes.back()));
    const long long changed = state.since ? seconds(state.since->utc) : 0;
    const long long delivered = state.delivered ? seconds(state.delivered->utc) : 0;
    const int offset = state.delivered ? static_cast<int>(state.delivered->offset.count()) : 0;
    std::string carrier;
    for (const auto& event : events) {
        if (!event.carrier.empty()) carrier = event.carrier;
    }
    db_.write(sql::kSettle, shop_id, parcel, carrier, status, cause, changed, delivered, offset,
              promised);
    if (!state.delivered || is_old_news || !delivered_) return {};
    return delivered_(shop, parcel, state.delivered->utc, now);
}

Result<KeptEvents> ParcelEventTable::keep(ShopId shop, std::span<const CarrierEvent> events,
                                          Instant now) {
    return db_.in_scope([&]() -> Result<KeptEvents> {
        // By parcel, in order, so that two who keep events of the same parcels do not wait for
        // one another in a circle.
        std::map<std::string, std::vector<const CarrierEvent*>> parcels;
        for (const auto& event : events) parcels[parcel_key(event)].push_back(&event);
        KeptEvents kept;
        for (const auto& [parcel, told] : parcels) {
            lock(shop, parcel);
            const long long before = kept.added;
            for (const CarrierEvent* event : told)
                ++(add(shop, *event, parcel, now) ? kept.added : kept.known);
            if (kept.added == before) continue;
            if (auto settled = settle(shop, parcel, now); !settled) return settled.error();
        }
        return kept;
    });
}

Result<std::vector<CarrierEvent>> ParcelEventTable::events_of(ShopId shop,
                                                              std::string_view parcel) {
    return db_.in_safety(
        [&]() -> Result<std::vector<CarrierEvent>> { return rows(shop, parcel_key(parcel)); });
}

}  // namespace verso::records

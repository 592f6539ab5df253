// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <chrono>
#include <optional>
#include <string>
#include <string_view>

#include "core/util/result.h"
#include "core/util/time.h"

namespace verso::records {

// What carriers and trackers tell about a parcel, in one form: docs/formats/carrier-events.md.

/// Where an event came from, which is also the form it was written in.
enum class EventSource { EasyPost, AfterShip, Shippo, Karrio, LaPoste, Shopify, Csv, Json };
/// "easypost", "aftership", "shippo", "karrio", "la-poste", "shopify", "csv", "json".
std::string_view to_string(EventSource source);
/// ValueInvalid names the known ones.
Result<EventSource> parse_event_source(std::string_view text);

/// Where a parcel is.
enum class ParcelStatus {
    LabelCreated,        ///< announced, not yet in the carrier's hands
    InTransit,           ///< in the carrier's hands
    OutForDelivery,      ///< on the round
    AvailableForPickup,  ///< waits for the buyer at a counter or a locker
    Delivered,
    FailedAttempt,  ///< brought, not handed over; it will be tried again or waits
    Delayed,        ///< the carrier says that it will be late, or holds it
    Returned,       ///< on its way back to the shop, or back there
    Failure,        ///< lost, damaged, given up
    Cancelled,      ///< the label was cancelled
    Unknown,        ///< the source does not know, or uses a word that we do not know
};
/// "label-created", "in-transit" … "unknown".
std::string_view to_string(ParcelStatus status);
/// Reads those, in any case, also with '_' or blanks for '-'. ValueInvalid names the known ones.
Result<ParcelStatus> parse_parcel_status(std::string_view text);

/// Who or what an incident came from, where the source says so.
enum class IncidentCause {
    None,       ///< no incident, or no reason given
    Carrier,    ///< lost, damaged, missorted, no time, broken vehicle
    Consignee,  ///< absent, refused, wrong address, not collected
    Customs,
    Weather,  ///< weather and other force majeure
    Shop,     ///< not ready, badly packed, wrong data
};
/// "none", "carrier", "consignee", "customs", "weather", "shop".
std::string_view to_string(IncidentCause cause);
Result<IncidentCause> parse_incident_cause(std::string_view text);

/// One thing that happened to one parcel.
struct CarrierEvent {
    EventSource source = EventSource::Json;
    /// Unique within its source: the source's own id of the event, or "sha256:…" over what happened
    /// (tracking number, moment, word) where it has none, so that the same news told twice is one.
    std::string event_id;
    std::string carrier;  ///< as the source names it; may be empty
    std::string
        tracking;       ///< as the source writes it; empty only when `order` or `order_key` is not
    std::string order;  ///< the shop's order number; empty when the source does not say
    std::string order_key;  ///< the shop platform's own key of the order; empty as above
    int parcel = 0;         ///< of that order; 0 when the source does not say
    ParcelStatus status = ParcelStatus::Unknown;
    IncidentCause cause = IncidentCause::None;
    /// The carrier's time. A source that gives no offset means the wall where it happened: offset
    /// 0, so that local_day() is the day that was written.
    ZonedTime at;
    std::optional<std::chrono::year_month_day> promised;  ///< the day of delivery now expected
    std::string word;  ///< the source's own status: "DI1", "in_transit/delayed"
    std::string raw;   ///< this event as it came, without names and addresses where we know them
    friend bool operator==(const CarrierEvent&, const CarrierEvent&) = default;
};

/// The "sha256:…" of an event: equal for the same source, parcel, moment and word.
std::string content_id(const CarrierEvent& event);

/// Reads what carriers write: ISO 8601 as parse_time does, without seconds, or a day alone (taken
/// at noon). ValueInvalid for anything else and for years before 2000, which mean "no date".
Result<ZonedTime> parse_event_time(std::string_view text);

}  // namespace verso::records

// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string>
#include <vector>

#include "records/carriers/event_sink.h"
#include "records/carriers/json_fields.h"

namespace verso::records {

// One function for each form of JSON: true when the value is of that form, and then its events, or
// why they are not taken, are in the sink.

bool take_easypost(const EventJson& json, EventSink& sink);
bool take_aftership(const EventJson& json, EventSink& sink);
bool take_shippo(const EventJson& json, EventSink& sink);
bool take_karrio(const EventJson& json, EventSink& sink);
bool take_la_poste(const EventJson& json, EventSink& sink);
bool take_shopify(const EventJson& json, EventSink& sink);
bool take_neutral(const EventJson& json, EventSink& sink);

/// What a tracker tells at once: the parcel's history and, above it, where it stands now.
struct TrackerStory {
    /// Source, carrier, tracking and order, that all events share.
    CarrierEvent common;
    /// The history, in any order. An event whose word is empty gives no status of its own.
    std::vector<CarrierEvent> history;
    /// The status above the history: its word, status and cause. No word: there is none.
    std::string word;
    ParcelStatus status = ParcelStatus::Unknown;
    IncidentCause cause = IncidentCause::None;
    std::optional<ZonedTime> told_at;  ///< when the source says that the status was so
    std::optional<std::chrono::year_month_day> promised;
    std::string raw;  ///< the tracker without its history
};

/// Hands a story's events on. The status above belongs to the newest event when that has none of
/// its own; when it says something else than the newest, it is an event itself, at `told_at`. The
/// promised day belongs to the newest.
void tell(TrackerStory&& story, EventSink& sink);

}  // namespace verso::records

// SPDX-License-Identifier: Apache-2.0
#include "records/carriers/parcel_state.h"

#include <algorithm>
#include <tuple>

namespace verso::records {

namespace {

/// Of events at the same second the one further along comes later; the rest only makes the order
/// the same every time.
int progress(ParcelStatus status) {
    switch (status) {
        case ParcelStatus::Unknown:
            return 0;
        case ParcelStatus::Cancelled:
            return 1;
        case ParcelStatus::LabelCreated:
            return 2;
        case ParcelStatus::InTransit:
            return 3;
        case ParcelStatus::Delayed:
            return 4;
        case ParcelStatus::OutForDelivery:
            return 5;
        case ParcelStatus::FailedAttempt:
            return 6;
        case ParcelStatus::AvailableForPickup:
            return 7;
        case ParcelStatus::Failure:
            return 8;
        case ParcelStatus::Returned:
            return 9;
        case ParcelStatus::Delivered:
            return 10;
    }
    return 0;
}

bool is_final(ParcelStatus status) {
    return status == ParcelStatus::Delivered || status == ParcelStatus::Returned;
}

/// Whether a parcel in this status is, or was, in the carrier's hands.
bool is_moved(ParcelStatus status) {
    return status != ParcelStatus::Unknown && status != ParcelStatus::LabelCreated &&
           status != ParcelStatus::Cancelled;
}

std::vector<const CarrierEvent*> in_order(std::span<const CarrierEvent> events) {
    std::vector<const CarrierEvent*> out;
    out.reserve(events.size());
    for (const auto& event : events) out.push_back(&event);
    const auto key = [](const CarrierEvent* event) {
        return std::tuple(event->at.utc, progress(event->status), event->source,
                          std::string_view(event->event_id), event->cause, event->promised);
    };
    std::sort(out.begin(), out.end(), [&](auto* a, auto* b) { return key(a) < key(b); });
    return out;
}

void take_status(ParcelState& state, const CarrierEvent& event) {
    const ParcelStatus status = event.status;
    if (status == ParcelStatus::Unknown || is_final(state.status)) return;
    // Labels are created, and cancelled, before a parcel moves.
    if (!is_moved(status) && is_moved(state.status)) return;
    if (is_moved(status) && !state.handed_over) state.handed_over = event.at;
    if (status == ParcelStatus::FailedAttempt) ++state.failed_attempts;
    if (status == ParcelStatus::Delivered) state.delivered = event.at;
    if (status != state.status) state.since = event.at;
    state.status = status;
    state.reached.insert(status);
}

}  // namespace

ParcelState parcel_state(std::span<const CarrierEvent> events) {
    ParcelState state;
    std::set<std::pair<EventSource, std::string_view>> seen;
    for (const CarrierEvent* event : in_order(events)) {
        if (!event->event_id.empty() && !seen.insert({event->source, event->event_id}).second)
            continue;
        const bool over = is_final(state.status);
        take_status(state, *event);
        if (over) continue;
        if (event->cause != IncidentCause::None &&
            std::find(state.causes.begin(), state.causes.end(), event->cause) ==
                state.causes.end()) {
            state.causes.push_back(event->cause);
        }
        if (event->promised) {
            if (!state.first_promised) state.first_promised = event->promised;
            state.promised = event->promised;
        }
    }
    return state;
}

bool has_left(const ParcelState& state) {
    return state.handed_over.has_value() || state.delivered.has_value();
}

std::vector<ParcelStatus> news(const ParcelState& before, const ParcelState& after) {
    if (is_final(before.status)) return {};
    std::vector<ParcelStatus> out;
    for (const ParcelStatus status : after.reached) {
        if (before.reached.count(status) != 0) continue;
        // Told late: something further along is already known.
        if (is_final(after.status) && status != after.status) continue;
        if (progress(status) < progress(before.status) && status != after.status) continue;
        out.push_back(status);
    }
    return out;
}

}  // namespace verso::records

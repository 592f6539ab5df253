// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <chrono>
#include <optional>
#include <set>
#include <span>
#include <vector>

#include "records/carriers/carrier_event.h"

namespace verso::records {

/// What is known of one parcel from all of its events.
struct ParcelState {
    ParcelStatus status = ParcelStatus::Unknown;
    std::optional<ZonedTime> since;        ///< when that status began
    std::optional<ZonedTime> handed_over;  ///< first seen in the carrier's hands
    std::optional<ZonedTime> delivered;    ///< to the buyer; local_day() is the day of delivery
    std::vector<IncidentCause> causes;     ///< told before delivery, each once, in order of time
    int failed_attempts = 0;
    std::optional<std::chrono::year_month_day> first_promised, promised;  ///< first and last told
    std::set<ParcelStatus> reached;  ///< every status that it was in
    friend bool operator==(const ParcelState&, const ParcelState&) = default;
};

/// Adds the events up. The order in which they are given does not matter: the carrier's time orders
/// them. Events told twice (same source and id) count once. Delivered is final, and so is Returned:
/// what is delivered after it was sent back was delivered to the shop. A label is not created again
/// once the parcel moved. Unknown changes nothing. Pure.
ParcelState parcel_state(std::span<const CarrierEvent> events);

/// Whether a carrier has, or had, the parcel.
bool has_left(const ParcelState& state);

/// The statuses that `after` reached and `before` had not: what a buyer may be told now, each once
/// for a parcel. Nothing that was overtaken: once delivered, an older event that comes late is no
/// news.
std::vector<ParcelStatus> news(const ParcelState& before, const ParcelState& after);

}  // namespace verso::records

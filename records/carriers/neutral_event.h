// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <functional>
#include <string>
#include <string_view>

#include "records/carriers/carrier_event.h"

namespace verso::records {

/// The columns of the neutral CSV, which are the members of the neutral JSON.
inline constexpr std::string_view kEventColumns[]{"tracking", "order",      "order_key", "parcel",
                                                  "status",   "at",         "event_id",  "carrier",
                                                  "cause",    "promised_on"};

/// What stands where in one neutral event; empty when it is not there.
using EventField = std::function<std::string(std::string_view column)>;

/// One event by its fields; `raw` is left to the caller. ValueInvalid with the column in `where`.
/// A status that is not ours is kept as its word, Unknown.
Result<CarrierEvent> neutral_event(EventSource source, const EventField& field);

}  // namespace verso::records

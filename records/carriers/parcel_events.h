// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <optional>
#include <span>
#include <string_view>
#include <vector>

#include "core/domain/ids.h"
#include "core/domain/order.h"
#include "records/carriers/parcel_state.h"

namespace verso::records {

/// What keeping some events did.
struct KeptEvents {
    long long added = 0, known = 0;
};

/// The events of a shop's parcels as they are kept, and where each parcel stands by them; part of a
/// Store and of its transactions. A parcel is known by its tracking number without what is around
/// it (bare_number); one that a source names by its order only, by "order:…" or "key:…".
/// DatabaseFailed from all of them. Threads: as the Store.
class ParcelEvents {
  public:
    virtual ~ParcelEvents() = default;

    /// Keeps those that were not told before, and what follows for their parcels: all or nothing.
    virtual Result<KeptEvents> keep(ShopId shop, std::span<const CarrierEvent> events,
                                    Instant now) = 0;
    /// What was told of a parcel, in the carrier's order.
    virtual Result<std::vector<CarrierEvent>> events_of(ShopId shop, std::string_view parcel) = 0;
};

/// By what an event's parcel is known: see above.
std::string parcel_key(const CarrierEvent& event);
/// Under which keys events of a parcel of an order may be kept: its tracking number, and the order
/// by its number and the platform's key, where a source names no other.
std::vector<std::string> parcel_names(const Order& order, const Parcel& parcel);
/// The same for a number that a person typed or an order has.
std::string parcel_key(std::string_view tracking);

}  // namespace verso::records

// SPDX-License-Identifier: Apache-2.0
#include "records/lifecycle/erasure.h"

#include <fmt/format.h>

namespace verso::records {

std::optional<Instant> kept_until(int days, Instant now) {
    if (days <= 0) return std::nullopt;
    return now - std::chrono::hours(24) * days;
}

std::string pseudonym(long long order_id, int parcel) {
    return fmt::format("ERASED{}P{}", order_id, parcel);
}

Order without_person(Order order, long long order_id) {
    const std::string country = order.ship_to.country;
    order.ship_to = {};
    order.ship_to.country = country;
    order.email.clear();
    order.phone.clear();
    order.note.clear();
    for (Parcel& parcel : order.parcels) {
        if (!parcel.tracking.empty()) parcel.tracking = pseudonym(order_id, parcel.number);
    }
    return order;
}

}  // namespace verso::records

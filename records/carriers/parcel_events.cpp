// SPDX-License-Identifier: Apache-2.0
#include "records/carriers/parcel_events.h"

#include "core/domain/parcel_number.h"

namespace verso::records {

std::string parcel_key(std::string_view tracking) {
    // A key of an order comes back as it was kept.
    if (tracking.starts_with("order:") || tracking.starts_with("key:"))
        return std::string(tracking);
    return bare_number(tracking);
}

std::string parcel_key(const CarrierEvent& event) {
    if (!event.tracking.empty()) return bare_number(event.tracking);
    const std::string parcel = event.parcel > 0 ? "/" + std::to_string(event.parcel) : "";
    return event.order.empty() ? "key:" + event.order_key + parcel
                               : "order:" + event.order + parcel;
}

}  // namespace verso::records

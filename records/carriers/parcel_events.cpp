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

std::vector<std::string> parcel_names(const Order& order, const Parcel& parcel) {
    std::vector<std::string> names;
    if (!parcel.tracking.empty()) names.push_back(parcel_key(parcel.tracking));
    std::vector<std::string> heads{"order:" + order.number.get()};
    if (!order.external_id.empty()) heads.push_back("key:" + order.external_id);
    for (const std::string& head : heads) {
        names.push_back(head + "/" + std::to_string(parcel.number));
        if (order.parcels.size() == 1) names.push_back(head);
    }
    return names;
}

}  // namespace verso::records

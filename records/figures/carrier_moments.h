// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <span>
#include <vector>

#include "records/carriers/carrier_event.h"
#include "records/figures/fault.h"

namespace verso::records {

/// What carriers told of one parcel, as far as it decides a fault (find_fault). Everything but the
/// label and words that nobody knows shows that the carrier has the parcel. A cause that the source
/// names goes before its status: weather and customs are nobody's fault, "not ready" is the shop's.
/// The evidence keeps the source's own word.
std::vector<ParcelEvent> moments_of(std::span<const CarrierEvent> events);

}  // namespace verso::records

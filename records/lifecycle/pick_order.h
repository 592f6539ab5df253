// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string>
#include <string_view>

#include "core/domain/order.h"

namespace verso::records {

// The way through the warehouse: in which order the sheets of a wave lie. Pure.

/// Compares as people read shelves and numbers: runs of digits by their value, all else by bytes,
/// ASCII letters without case. "A-2" comes before "A-10". Below 0, 0 (same text) or above 0, like
/// string::compare; a total order.
int compare_naturally(std::string_view a, std::string_view b);

/// What decides a parcel's place in the wave.
struct PickKey {
    std::string bin;    ///< of the parcel's first line; empty when the export has none
    std::string order;  ///< its number
    int parcel = 1;
};

/// By bin, then by order number, both naturally, then by parcel. Parcels without a bin come last.
bool is_picked_before(const PickKey& a, const PickKey& b);

/// The bin of the parcel's first line; empty for a parcel without lines.
std::string first_bin(const Order& order, int parcel);

/// The part of the warehouse that a bin is in: its first run of letters, or of digits when it
/// begins with one. "A-2" and "A10" are in "A", "12-3" is in "12"; empty for an empty bin.
std::string pick_group(std::string_view bin);

}  // namespace verso::records

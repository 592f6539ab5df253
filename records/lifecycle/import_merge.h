// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <vector>

#include "core/domain/order.h"
#include "records/lifecycle/order_changes.h"

namespace verso::records {

// A shop's export comes again although somebody changed the order here since: a desk cancelled or
// edited it, or it is known to have arrived. Of the export is taken what the shop changed since its
// last one, and nothing else. Pure.

/// What an order is after the export came.
struct ImportMerge {
    Order order;
    /// In what it is another than the export says: `before` is the export's word, `after` what was
    /// kept. Empty when the export is taken as it is.
    std::vector<OrderChange> kept;
};

/// Three ways: `said` is what the export said last time, `says` what it says now, `ours` the newest
/// revision. Whatever the export says as before stays as it is here; what it changed is taken, also
/// where it was changed here. An address is taken whole or not at all, and so are the lines with
/// their parcels: bins, stock and the platform's keys flow in without them. Not taken are
/// - a status before a cancel that was said here, unless the goods have left after all;
/// - anything but a cancel after `delivered`;
/// - an empty carrier, service or tracking number: an export that knows less.
/// The revision is that of `says`.
ImportMerge merge_import(const Order& said, const Order& says, const Order& ours);

}  // namespace verso::records

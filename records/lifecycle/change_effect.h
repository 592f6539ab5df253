// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <span>
#include <string>
#include <vector>

#include "core/domain/order.h"
#include "core/util/result.h"
#include "records/lifecycle/order_changes.h"
#include "records/store/store_types.h"

namespace verso::records {

// Printing an insert is the boundary: what a change of the order does to inserts that are printed.
// Pure.

/// A card that is no longer to be answered, because its sheet says something else than the order.
struct CardToVoid {
    CardId card;
    int parcel = 1;
    std::string reason;  ///< "order changed: 2 × … instead of 1"; holds no personal data
    friend bool operator==(const CardToVoid&, const CardToVoid&) = default;
};

/// What a new revision does to printed inserts.
struct ChangeEffect {
    std::vector<CardToVoid> voids;
    std::vector<int> reprints;  ///< parcels whose insert the bench must print again, ascending

    bool is_empty() const { return voids.empty() && reprints.empty(); }
    friend bool operator==(const ChangeEffect&, const ChangeEffect&) = default;
};

/// Whether the sheet of this parcel, set from `before`, is right for `after` too: address,
/// language, days, prices and totals, how many parcels and pieces there are, the parcel's own
/// lines, carrier and service. A carrier or service that becomes known is no difference: labels are
/// often made later.
bool is_same_on_paper(const Order& before, const Order& after, int parcel);

/// Whether the parcel is out of the house, by either revision or by `left`, the parcels that a
/// carrier has scanned. A partly shipped order: its only parcel, or one with a tracking number.
bool has_left(const Order& before, const Order& after, int parcel, std::span<const int> left = {});

/// Decides for all cards of an order. Only a card that is printed and not answered, of a parcel
/// that has not left, is voided: when the order was cancelled or is not paid any more, when its
/// parcel is gone, when its sheet is not the same. A parcel that goes on is to be printed again.
ChangeEffect decide_change(const Order& before, const Order& after,
                           std::span<const CardRecord> cards, std::span<const int> left = {});

/// The other side of the boundary, to be asked where a print is recorded: `printed` is the revision
/// on paper, `now` the newest. NotAllowed when the order may not be printed any more or the sheet
/// would differ from it; the message says in what.
Result<void> check_print_current(const Order& printed, const Order& now, int parcel);

}  // namespace verso::records

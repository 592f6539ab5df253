// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "core/domain/order.h"

namespace verso::records {

// What differs between two revisions of an order, for people. What it does to paper that is printed
// already: change_effect.h. Pure.

/// What one difference is about.
enum class ChangeKind {
    Address,        ///< one part of where it goes; subject is the part: "postcode"
    Contact,        ///< e-mail or telephone
    Language,       ///< what the sheet is written in
    Placed,         ///< the moment it was placed
    Promised,       ///< the promised day
    Status,         ///< open, shipped …
    Payment,        ///< paid, refunded …, or when it was paid
    LineAdded,      ///< `after` is "2 × article"
    LineRemoved,    ///< `before` is "2 × article"
    LineReplaced,   ///< another article in the same place
    Quantity,       ///< of one line
    Price,          ///< of one line
    LineText,       ///< the article's own words: SKU, EAN, title, variant
    LineNumber,     ///< its place in the order
    LineMoved,      ///< to another parcel
    Stock,          ///< how many of a line are backordered
    PickPlace,      ///< the bin
    ParcelAdded,    ///< subject "parcel 2"
    ParcelRemoved,  ///< likewise
    Delivery,       ///< a parcel's carrier or service
    Tracking,       ///< a parcel's tracking number
    Amount,         ///< shipping, total or currency
    Note,           ///< the buyer's note
    Key,            ///< the shop platform's own keys
    Insider,        ///< whether the order is of the shop's own people
};

/// Every kind, in the order of the enumerators.
std::span<const ChangeKind> all_change_kinds();
/// "address", "line-added" …
std::string_view to_string(ChangeKind kind);
/// Whether the sheet shows it, so that a sheet printed before is no longer right. A status, a
/// payment or a tracking number is not among them: they change because the parcel leaves.
bool is_on_paper(ChangeKind kind);
/// Whether before and after are the buyer's own data, which no reason that is kept may repeat.
bool is_personal(ChangeKind kind);

/// One difference. `before` and `after` are as a person reads them; empty where there is nothing.
struct OrderChange {
    ChangeKind kind = ChangeKind::Status;
    int parcel = 0;       ///< which one it concerns; 0: the whole order
    std::string subject;  ///< "postcode", "Fleur de sel, 125 g (SEL-1)", "parcel 2"
    std::string before, after;
    friend bool operator==(const OrderChange&, const OrderChange&) = default;
};

/// Every difference but the revision's number: none exactly when the orders are otherwise equal.
/// Lines are paired by article first, so that one taken out in the midst is one difference.
std::vector<OrderChange> changes_between(const Order& before, const Order& after);

/// "2 × Fleur de sel (SEL-1) instead of 1", "postcode 07150 instead of 07140".
std::string to_sentence(const OrderChange& change);

/// What changed, in one text without personal data: "2 × Fleur de sel (SEL-1) instead of 1; another
/// address (postcode)". At most three differences are told and the rest counted; empty for none.
std::string to_reason(std::span<const OrderChange> changes);

}  // namespace verso::records

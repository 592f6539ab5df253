// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string>
#include <vector>

#include "records/desk/counter.h"
#include "records/desk/order_story.h"

namespace verso::records {

/// What a person at the desk does to an order.
struct OrderWords {
    std::string order;  ///< whatever names it: find_one_order
    std::string who, reason;
    std::vector<std::string> address;  ///< "postcode=07150"
    std::vector<std::string> lines;    ///< "2=1"; 0 pieces takes the line out
};

/// What came of it.
struct OrderDone {
    Order order;                ///< as it is now
    std::vector<CardId> voids;  ///< cards that are no longer to be answered: their sheets are wrong
};

/// A new revision that is cancelled, by whom and why: all of it or nothing. NotFound, NotAllowed by
/// the table of actions; ValueInvalid without name or reason.
Result<OrderDone> cancel_order(const Counter& counter, const OrderWords& words, Instant at);
/// The same with another address or other quantities. ValueInvalid when nothing changes.
Result<OrderDone> edit_order(const Counter& counter, const OrderWords& words, Instant at);

}  // namespace verso::records

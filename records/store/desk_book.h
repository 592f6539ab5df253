// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string>
#include <vector>

#include "records/store/store.h"

namespace verso::records {

/// What somebody did at the desk to an order or to a thing in review.
struct DeskEntry {
    Instant at{};
    std::string who;     ///< never empty
    std::string what;    ///< "cancel", "edit", "settle" …
    std::string detail;  ///< the reason, or what was said; may be empty
    friend bool operator==(const DeskEntry&, const DeskEntry&) = default;
};

/// One kept revision of an order.
struct KeptRevision {
    int revision = 1;
    Instant saved_at{};
    friend bool operator==(const KeptRevision&, const KeptRevision&) = default;
};

/// What people do at the desk, durable. Part of its Store's transactions and threads; each call
/// that writes is a whole. Any may fail with DatabaseFailed.
class DeskBook {
  public:
    virtual ~DeskBook() = default;

    /// The revisions that are kept of an order, oldest first; numbers may be left out between.
    /// NotFound.
    virtual Result<std::vector<KeptRevision>> revisions_of(ShopId shop,
                                                           const OrderNumber& number) = 0;
    /// Keeps what the desk made of a known order as its next revision. What the shop's export said
    /// last is kept beside it, so that the next export undoes nothing of it. NotFound;
    /// ValueInvalid as Store::save_order.
    virtual Result<Saved> edit_order(ShopId shop, const Order& order, Instant at) = 0;
    /// Writes down what somebody did to an order. NotFound; ValueInvalid without `who` or `what`.
    virtual Result<void> note_order(ShopId shop, const OrderNumber& number,
                                    const DeskEntry& entry) = 0;
    /// Oldest first. NotFound.
    virtual Result<std::vector<DeskEntry>> order_notes(ShopId shop, const OrderNumber& number) = 0;
    /// The same for a thing in review, settled or not.
    virtual Result<void> note_review(ShopId shop, ReviewId item, const DeskEntry& entry) = 0;
    virtual Result<std::vector<DeskEntry>> review_notes(ShopId shop, ReviewId item) = 0;
    /// Says whose card a thing in review is, when its codes could not be read. NotFound when the
    /// item is not open, or the card is not one of this shop's; NotAllowed when the item has
    /// another card already or the card is voided.
    virtual Result<void> identify_review(ShopId shop, ReviewId item, CardId card) = 0;
};

/// The desk's book of a store that open_store() gave; lives as long as the store.
DeskBook& desk_of(Store& store);

}  // namespace verso::records

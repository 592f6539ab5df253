// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <chrono>
#include <optional>
#include <string>
#include <string_view>

#include "core/domain/order.h"
#include "core/util/time.h"

namespace verso::records {

// What of an order tells who the buyer is, and what it becomes once the buyer is erased (GDPR,
// article 17). Pure.

/// How long what is personal is kept, in days; 0: for ever.
struct RetentionTerms {
    int images_days = 0;     ///< pictures of cards, from the scan on (open reviews keep theirs),
                             ///< and buyers' photos
    int secrets_days = 0;    ///< secrets of cards, from the print on; then the card is spent
    int addresses_days = 0;  ///< who the buyer is, from the day the order was placed on
    friend bool operator==(const RetentionTerms&, const RetentionTerms&) = default;
};

/// Up to which moment things have been kept long enough; nothing when they are kept for ever.
std::optional<Instant> kept_until(int days, Instant now);

/// The order without its person: name, company, address, e-mail, telephone, note and region are
/// empty, tracking numbers become pseudonyms of `order_id`. Country, articles, money, days and
/// states stay, for the figures.
Order without_person(Order order, long long order_id);

/// What a tracking number of an erased order becomes: it says nothing to a carrier, and is the same
/// wherever the parcel is spoken of. Empty stays empty.
std::string pseudonym(long long order_id, int parcel);

}  // namespace verso::records

// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <span>
#include <string>
#include <vector>

#include "core/domain/order.h"
#include "core/util/result.h"
#include "records/store/store_types.h"

namespace verso::records {

// Which parcels may have an insert, and what printing one again means. Pure.

/// No insert for an order that is unpaid or cancelled; every other parcel gets one, refunded after
/// delivery included: no gating by expected mood. NotAllowed, with a sentence that names the order.
Result<void> check_printable(const Order& order);

enum class PrintDecision {
    Fresh,           ///< no valid card is out for this parcel: print
    Reprint,         ///< print, after voiding the cards in `voids`
    AlreadyPrinted,  ///< a valid card is out and no reprint was asked for: do not print
    Forbidden,       ///< check_printable said no
};

struct PrintPlan {
    PrintDecision decision = PrintDecision::Fresh;
    std::vector<CardId> voids;  ///< only for Reprint: the cards that are no longer to be answered
    std::string void_reason;    ///< for void_card: "reprint of #1001 parcel 1"
    std::string reason;         ///< a sentence; empty for Fresh
};

/// Decides for one parcel, given all cards of its order. A valid card that is out, for whatever
/// revision, is never replaced unasked: most new revisions only say that the parcel has left, and
/// the card is then in the buyer's hands. A reprint voids the cards of the parcel that nobody
/// answered; an answered one stays as it is.
PrintPlan plan_print(const Order& order, int parcel, std::span<const CardRecord> cards,
                     bool reprint_asked);

}  // namespace verso::records

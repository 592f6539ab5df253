// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <span>
#include <string>
#include <vector>

#include "core/domain/money.h"
#include "records/lifecycle/return_life.h"

namespace verso::records {

// What a return is worth: a proposal for a person, who decides. Pure.

/// One line of a proposed refund.
struct RefundLine {
    int line = 0;
    int quantity = 0;  ///< pieces that came back
    Money amount;      ///< their share of what the line cost
    /// Why a person should look before it is paid; empty when nothing speaks against it.
    std::string doubt{};
    friend bool operator==(const RefundLine&, const RefundLine&) = default;
};

struct RefundProposal {
    std::vector<RefundLine> lines;
    /// The outward shipping, when with this return everything has come back (Directive 2011/83/EU,
    /// article 13); else nothing.
    Money shipping;
    Money total;  ///< lines and shipping, never more than the order's total
    friend bool operator==(const RefundProposal&, const RefundProposal&) = default;
};

/// The share of `pieces` out of `quantity` pieces that cost `total`, after `before` of them were
/// refunded already: shares of all pieces add up to the total to the cent.
Money share_of(Money total, int quantity, int before, int pieces);

/// Only pieces that were received count. Doubtful is what came damaged or used although the buyer
/// did not say so. `others` are the order's other returns: their refunded pieces are not paid
/// again.
RefundProposal propose_refund(const Return& made, const Order& order,
                              std::span<const Return> others = {});

}  // namespace verso::records

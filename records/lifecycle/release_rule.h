// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <optional>
#include <string>

#include "core/domain/order.h"
#include "core/util/time.h"

namespace verso::records {

// When an order goes to packing. Pure.

/// The shop's terms: verso.toml, section [release]. The defaults hold nothing back: speed first.
struct ReleaseTerms {
    int grace_minutes = 0;            ///< after it was placed the buyer may think again. Default 0
    bool require_full_stock = false;  ///< wait for what is backordered. Default false
    bool wait_on_hold = false;        ///< wait while the shop says on hold. Default false

    friend bool operator==(const ReleaseTerms&, const ReleaseTerms&) = default;
};

/// Released, or what it waits for.
struct ReleaseDecision {
    bool is_released = false;
    std::optional<Instant> until{};  ///< when only time is lacking: released from this second on
    std::string why{};               ///< a sentence; empty when released
};

/// An order waits while it is cancelled or unpaid, is on hold or lacks stock (if the shop wants
/// these to wait) or its grace runs; the first of these is told. What has left in whole or in part
/// is released: nothing is held back any more. At placed + grace it is released.
ReleaseDecision decide_release(const Order& order, const ReleaseTerms& terms, Instant now);

}  // namespace verso::records

// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string_view>

#include "core/domain/order.h"
#include "core/util/result.h"

namespace verso::records {

// What the shop platforms' status words mean here. A word that is in no table is refused with the
// word: a plugin's own status may mean anything. docs/formats/orders.md has the tables.

/// What one word says about both.
struct PlatformStatus {
    OrderStatus status = OrderStatus::Open;
    PaymentStatus payment = PaymentStatus::Unpaid;
    friend bool operator==(const PlatformStatus&, const PlatformStatus&) = default;
};

/// "processing", also as "wc-processing". ValueInvalid names the known ones.
Result<PlatformStatus> status_from_woocommerce(std::string_view word);
/// An order's state or, what is mostly the same word, its status. ValueInvalid.
Result<PlatformStatus> status_from_magento(std::string_view word);

}  // namespace verso::records

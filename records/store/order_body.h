// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string>
#include <string_view>

#include "core/domain/order.h"
#include "core/util/result.h"

namespace verso::records {

// A revision of an order as the store keeps it: one JSON document. Number and revision stand beside
// it. Money in minor units, times and days as in the neutral CSV; what is empty is left out.

std::string order_to_body(const Order& order);

/// The order in it; number and revision are the caller's. FormatInvalid or ValueInvalid for text
/// that no Verso wrote.
Result<Order> order_from_body(std::string_view body);

}  // namespace verso::records

// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <string>

#include "core/domain/card_link.h"
#include "core/domain/order.h"
#include "core/domain/shop.h"

namespace verso::generator {

// Plainly invented orders, to look at templates and to check them.

Shop specimen_shop();
/// `lines` articles in one parcel, sent to a buyer who speaks `language`.
Order specimen_order(const std::string& language, int lines);
/// With names as long as they come.
Order with_long_names(Order order);
/// The same in two parcels: the last `later` lines travel in the second.
Order in_two_parcels(Order order, int later);
/// A fixed card for a fixed order: the same digits in every run.
CardIdentity specimen_card(std::uint64_t id = 0x0123456789ABCDE);
Rma specimen_rma();

}  // namespace verso::generator

// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <string>

#include "core/util/strong_type.h"

namespace verso {

/// A shop inside a home. 1 is the first; 0 is none.
using ShopId = StrongType<struct ShopIdTag, std::int64_t>;
/// The number a shop gave its order, as printed: "#1001". Unique inside a shop.
using OrderNumber = StrongType<struct OrderNumberTag, std::string>;
/// A printed insert, one per print of one parcel: "I" and 12 Crockford digits.
using InsertId = StrongType<struct InsertIdTag, std::string>;
/// Return merchandise authorisation: 8 Crockford digits and a check digit, "7QF2M4KD9".
using Rma = StrongType<struct RmaTag, std::string>;
/// The 60 random bits that name a card; always below 2^60. Text form in core/domain/card_link.h.
using CardId = StrongType<struct CardIdTag, std::uint64_t>;
/// A frozen layout, 1 to 1023; 0 is "none yet".
using LayoutNumber = StrongType<struct LayoutNumberTag, std::uint16_t>;

}  // namespace verso

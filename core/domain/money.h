// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <string>
#include <string_view>

#include "core/util/result.h"

namespace verso {

/// An amount in the currency's minor unit (cents); the currency stands at the order.
struct Money {
    std::int64_t minor = 0;
    friend auto operator<=>(const Money&, const Money&) = default;
};

/// Reads "113.30", "113,30", "1 113.30", "-4.90", "50" as two decimals. ValueInvalid otherwise,
/// also beyond 10^15: shops do not sell at that price.
Result<Money> parse_money(std::string_view text);
/// "113.30": a point, two decimals, for data files. Pages format by language in generator/.
std::string format_money(Money amount);

}  // namespace verso

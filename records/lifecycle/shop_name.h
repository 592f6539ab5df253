// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string>
#include <string_view>

#include "core/util/result.h"

namespace verso::records {

// The short names by which the shops of a home are told apart: --shop NAME, the folder shops/NAME.
// Pure.

/// What a home's first shop is called. It stands in the store without a name, for a home that has
/// one shop never gave it one.
inline constexpr std::string_view kMainShopName = "main";

/// A name as it is kept: in small letters, so that it means one shop in whichever case it is
/// written, and one folder on every disk. ValueInvalid unless it is 1 to 40 letters and digits of
/// ASCII, - and _.
Result<std::string> fold_shop_name(std::string_view name);

}  // namespace verso::records

// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string>
#include <string_view>

namespace verso::records {

/// Text in which a shop platform wrote characters as HTML does: "Tea &amp; &#8211;" gives
/// "Tea & –". Numbers and the names that occur in titles; what is not one of them stays. Control
/// characters are not made. Pure.
std::string plain_text(std::string_view html);

}  // namespace verso::records

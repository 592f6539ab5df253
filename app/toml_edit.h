// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string>
#include <string_view>

#include "core/util/result.h"

namespace verso::app {

/// A text of TOML with one value set: comments, order, spelling and all other values stay as they
/// are. `section` is a dotted name ("actions.buyer"); one that is not there is added at the end.
/// `literal` is the value as TOML writes it. FormatInvalid when the text is no TOML; NotAllowed
/// when it is written so that one value cannot be changed alone (a table on one line).
Result<std::string> set_toml_value(std::string_view text, std::string_view section,
                                   std::string_view key, std::string_view literal);

}  // namespace verso::app

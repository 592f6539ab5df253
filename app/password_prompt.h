// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string>

#include "core/util/result.h"

namespace verso::app {

/// A new password: from the terminal, twice and unseen, or with `from_input` the first line of
/// standard input. Usage where there is no terminal to ask at; ValueInvalid when the two differ or
/// nothing came.
Result<std::string> ask_new_password(const std::string& whose, bool from_input);

}  // namespace verso::app

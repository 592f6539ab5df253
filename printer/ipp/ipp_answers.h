// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <optional>
#include <string_view>

#include "printer/ipp/ipp_values.h"

namespace verso::printer {

/// What an answer's bytes say; nothing when they are no sound IPP message. What is missing, of
/// another type or out of range is left out, whoever sends it.
std::optional<IppAnswer> parse_ipp_answer(std::string_view bytes);

}  // namespace verso::printer

// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <map>
#include <string>
#include <string_view>

#include "core/util/result.h"

namespace verso::generator {

/// Numbers that a template names and a shop's configuration may replace, as the place of a
/// peel-off window in mm.
using Settings = std::map<std::string, double, std::less<>>;

/// The value of "window_x + 2 * (margin - 0.5)": numbers, names of settings, + - * / and brackets.
/// TemplateInvalid for anything else, with the nearest name.
Result<double> evaluate_number(std::string_view text, const Settings& settings);

}  // namespace verso::generator

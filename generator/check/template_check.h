// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "generator/check/finding.h"
#include "generator/insert_template.h"

namespace verso::generator {

/// Looks at a template as an expert would before it is printed: loads it, sets invented orders of
/// every kind in every language, and checks the pages, the paper and the post's rules. Nothing is
/// printed. Findings in the order of their severity, each told once. A template that does not load
/// is one finding; NotFound is an error.
Result<std::vector<Finding>> check_template(std::string_view name,
                                            const std::vector<std::string>& folders,
                                            std::shared_ptr<const FontBook> fonts,
                                            const Shop* shop = nullptr);

/// The orders that a check sets in one language: short and long, two parcels, abroad, without
/// tracking, with long names.
std::vector<Order> check_orders(const std::string& language);

}  // namespace verso::generator

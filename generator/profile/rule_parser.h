// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string>
#include <vector>

#include "generator/profile/postal_rules.h"
#include "generator/template/template_node.h"

namespace verso::generator {

/// The roles that a block of a profile may have and a rule may name.
const std::vector<std::string>& known_roles();

/// A role, checked against known_roles(). Throws TemplateFault.
std::string parse_role(const Node& node);

/// The list "rules" of a profile. `post` goes into each. Throws TemplateFault.
std::vector<PostalRule> parse_rules(const Node& list, const std::string& post);

}  // namespace verso::generator

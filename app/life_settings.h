// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string>
#include <vector>

#include "app/config_section.h"
#include "records/lifecycle/action_table.h"
#include "records/lifecycle/card_life.h"
#include "records/lifecycle/release_rule.h"

namespace verso::app {

/// How orders and cards live in this shop: verso.toml, sections [release], [cards], [actions] and
/// [review]. docs/lifecycle.md shows the tables that they set.
struct LifeSettings {
    records::ReleaseTerms release;
    records::CardTerms cards;
    records::ActionTable actions;
    /// Who may settle reviews and change orders at the desk, by name. Empty: anyone who says who.
    std::vector<std::string> reviewers;
    bool two_looks = false;  ///< two people must say the same of what waits in review
    /// Who decides where two differ, by name; at the desk that is who runs the shop.
    std::vector<std::string> supervisors;
};

/// Reads the four sections out of the whole file; faults stay in the sections, which are given
/// back.
std::vector<ConfigSection> read_life(ConfigSection& root, LifeSettings& into);

}  // namespace verso::app

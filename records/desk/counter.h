// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string>
#include <vector>

#include "records/lifecycle/action_table.h"
#include "records/lifecycle/card_life.h"
#include "records/store/store.h"

namespace verso::records {

/// Where a shop's people act: its records and the terms that the shop has set. What they refer to
/// outlives it.
struct Counter {
    Store& store;
    ShopId shop;
    const CardTerms& cards;
    const ActionTable& actions;
    /// Who may settle reviews and change orders, by name. Empty: anyone who says who, or roles
    /// were asked before.
    const std::vector<std::string>& reviewers;
    bool two_looks = false;  ///< what waits in review is settled by two people
};

}  // namespace verso::records

// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <optional>
#include <string>

#include "records/store/store.h"

namespace verso::records {

/// A card and the one thing of its order that its page needs before anything is done with it.
struct CardLook {
    CardRecord card;
    std::string language;  ///< of the order as it is now; empty when it has none
};

/// Store::find_card() and the order's language in one statement, for a page that is asked for
/// thousands of times a second. `store` is one that open_store() gave. DatabaseFailed.
Result<std::optional<CardLook>> look_at_card(Store& store, CardId card);

}  // namespace verso::records

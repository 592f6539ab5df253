// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <optional>
#include <string_view>

#include "records/store/store.h"

namespace verso::records {

/// What became of one reading.
struct Intake {
    Reading reading;           ///< as recorded: with its order and all reasons
    bool seen_before = false;  ///< the same piece of the same file: nothing was changed
    std::optional<ResponseOutcome> outcome;  ///< set when it was recorded as a response now
};

/// Everything that happens to one reading once the scanner is done, in one transaction: identity is
/// checked, an accepted reading becomes a response and perhaps the rating, the reading is kept,
/// what needs a person enters the review queue. Reading the same file again changes nothing.
Result<Intake> take_in(Store& store, ShopId shop, ScanId scan, Reading reading,
                       std::string_view link_host, Instant at);

}  // namespace verso::records

// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <optional>
#include <string_view>

#include "records/store/store.h"

namespace verso::records {

/// What became of one reading.
struct Intake {
    Reading reading{};         ///< as recorded: with its order and all reasons
    bool seen_before = false;  ///< the same piece of the same file: nothing was changed
    /// Another picture of a piece that was judged before; `reading` has that verdict. It was kept,
    /// it changed nothing.
    bool same_piece = false;
    std::optional<ResponseOutcome> outcome{};  ///< set when it was recorded as a response now
};

/// Everything that happens to one reading once the scanner is done, in one transaction: identity is
/// checked, an accepted reading becomes a response and perhaps the rating, the reading is kept,
/// what needs a person enters the review queue. An accepted return sheet is kept and rates nothing,
/// a blank or address side is kept and waits for nobody. Reading the same file again changes
/// nothing; nor does another picture of the same piece of paper, unless both were read without
/// doubt and differ. Another piece with the same card id always goes to review, and rates nothing
/// by itself. NotAllowed, and nothing is recorded, for a card of another shop.
Result<Intake> take_in(Store& store, ShopId shop, ScanId scan, Reading reading,
                       std::string_view link_host, Instant at, const CardTerms& terms = {});

}  // namespace verso::records

// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string>
#include <vector>

#include "core/card/card_layout.h"
#include "core/domain/order.h"
#include "core/domain/reading.h"
#include "records/lifecycle/return_life.h"

namespace verso::records {

// A return sheet that came back with the goods, marked with a pen. Pure.

/// What one sheet announces.
struct SheetReturn {
    std::vector<ReturnLine> lines;  ///< marked ones, by line
    ReturnWish wish = ReturnWish::NotSaid;
    std::vector<std::string> remarks;  ///< sentences on what the sheet leaves open
};

/// Takes an accepted reading of a return sheet apart. `printed` is the revision on paper: its rows
/// name the articles (docs/formats/template.md, tables). A line without a number of pieces is
/// expected whole, and told. NotAllowed when the reading is not accepted or not of a return sheet;
/// ValueInvalid when it names a row that the order has not.
Result<SheetReturn> read_return_sheet(const Reading& reading, const Layout& layout,
                                      const Order& printed, int parcel);

}  // namespace verso::records

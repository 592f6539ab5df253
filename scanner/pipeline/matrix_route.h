// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "scanner/pipeline/card_case.h"

namespace verso::scanner {

/// Finds cards and return sheets by their second code, beside what was found before: only where the
/// image has room for more. A card of which the QR was read but did not place it is placed now.
void read_by_second_codes(const PageContext& page, PageFindings& found);

/// The region that a second code names; the last return sheet is the one that is repeated. nullptr
/// when the layout has none.
const ReadRegion* named_region(const Layout& layout, const SideMark& mark);

}  // namespace verso::scanner

// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/page/draw_list.h"
#include "generator/fonts/font_book.h"
#include "generator/profile/postal_rules.h"
#include "generator/template/sheet_plan.h"

namespace verso::generator {

/// What a page shows inside the address side `side` (in mm of the page), as the post sees it:
/// upright, from the side's own top left. `turn` says how the side's upright is turned on the page,
/// clockwise. Everything that reaches into the side is there, whichever block drew it; folds and
/// cuts are not. Requires: `trace` has a block of `blocks` for each mark of the page.
PostalSide side_of_page(const DrawList& page, const InsertTrace::Page& trace,
                        const std::vector<BlockInfo>& blocks, const MmBox& side, int turn,
                        const FontBook& fonts);

}  // namespace verso::generator

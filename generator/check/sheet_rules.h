// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <vector>

#include "core/card/card_layout.h"
#include "generator/check/finding.h"
#include "generator/check/mark_ink.h"

namespace verso::generator {

// What must hold of any sheet. Each rule looks at one page that was set, or at the template's paper
// alone, and adds what breaks it. Pure.

using Findings = std::vector<Finding>;

/// Ink beyond the sheet.
void check_inside(const InkedPage& page, Findings& out);
/// Words over other words.
void check_overlaps(const InkedPage& page, Findings& out);
/// White around codes: 4 modules of a QR Code (ISO/IEC 18004, 9.1), 1 of a Data Matrix (ISO/IEC
/// 16022, 7.4), 10 beside bars (ISO/IEC 15417, 4.4); and modules that the printer can draw.
void check_codes(const InkedPage& page, int dpi, Findings& out);
/// Mark boxes with other ink too near, or too near to one another.
void check_mark_boxes(const InkedPage& page, const Layout& layout, Findings& out);
/// Folds and cuts through what is read by machines, on either side of the sheet.
void check_guides(const SheetPlan& plan, const Layout& layout, const InkedPage& page,
                  Findings& out);
/// Parts that leave the sheet with something behind them that goes elsewhere.
void check_parts(const SheetPlan& plan, const Layout& layout, Findings& out);

}  // namespace verso::generator

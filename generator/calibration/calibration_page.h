// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string>
#include <vector>

#include "core/page/calibration_sheet.h"
#include "core/page/draw_list.h"
#include "generator/fonts/font_book.h"

namespace verso::generator {

/// The page that measures a printer: the sheet's marks, rulers in mm from the paper's edges for
/// people who measure by hand, and lines of text (the first one bold: which printer and tray, when,
/// what to do). Lines that are too wide are set smaller; characters that no face covers are left
/// out.
DrawList calibration_page(const CalibrationSheet& sheet, const std::vector<std::string>& lines,
                          const FontBook& fonts);

}  // namespace verso::generator

// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "scanner/pipeline/card_judgement.h"
#include "scanner/sides/printed_boxes.h"

namespace verso::scanner {

/// Judges a return sheet that was placed, by the boxes that it really prints, as judge_card does:
/// answers, fields, reasons and verdict are put into `reading`. Answers of rows that this sheet has
/// not are left out; a question's scores are one for each box of the layout, 0 for one that is not
/// printed. The evidence points into `printed`, which must outlive it.
CardEvidence judge_return_sheet(const GrayImage& image, const ReadRegion& region,
                                const PrintedBoxes& printed, const Registration& registration,
                                Reading& reading);

}  // namespace verso::scanner

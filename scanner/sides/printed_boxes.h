// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <vector>

#include "core/card/card_layout.h"
#include "scanner/registration/patch.h"
#include "scanner/registration/qr_points.h"

namespace verso::scanner {

/// A layout has as many rows as fit on a return sheet; the sheet in hand prints only those of its
/// order, and of each row's quantities only as many as were bought. This is what is really there.
struct PrintedBoxes {
    ReadRegion region;  ///< as given, with only the questions and boxes of this sheet
    /// One for each box of `region`: false where no outline is seen and something is written in
    /// its place: a box filled to its edges, or writing where no box is.
    std::vector<bool> sure;
};

/// Looks at every mark box of a return sheet. A box counts as printed when its outline shows, or
/// stands before one that shows in the same question.
PrintedBoxes find_printed_boxes(const GrayImage& image, const Homography& map,
                                const ReadRegion& region, const Tones& tones);

}  // namespace verso::scanner

// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "scanner/marks/box_alignment.h"
#include "scanner/marks/card_lines.h"

namespace verso::scanner {

/// What the ink inside a box belongs to.
struct InkBeyond {
    /// mm beyond the box that ink runs on which hangs together with what is inside: 0 to 3 for a
    /// mark that overshoots, much more for a stamp, a line of writing or a scrawl over several
    /// rows. At most 12; 0 when nothing is inside.
    double reach = 0;
    /// Ways by which such ink leaves the box and goes on for 2.5 mm: a line that passes through has
    /// two, a mark that overshoots none.
    int ways_out = 0;
};

/// For boxes that are doubtful: a window of 24 mm and more round the box is looked at, `lines`
/// taken away before.
InkBeyond ink_beyond(const GrayImage& image, const Homography& map,
                     const std::vector<AlignedBox>& boxes, std::size_t index, double darkness,
                     const std::vector<CardLine>& lines, const Tones& tones);

}  // namespace verso::scanner

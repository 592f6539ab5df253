// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <vector>

#include "scanner/marks/box_zones.h"
#include "scanner/registration/qr_points.h"

namespace verso::scanner {

/// The bare paper round one box, in gray steps.
struct BoxPaper {
    double gray, noise;  ///< its level, and how much the pixels differ from it
    double grain = 0;    ///< what of the noise is believed to be the paper's own
};

/// The paper round each box, in the same order. Grain is the same all over the card, but a faint
/// line drawn round one box passes for grain there and would hide itself: no box has much more than
/// half of them have.
std::vector<BoxPaper> papers_of(const std::vector<AlignedBox>& boxes, ZoneTable& zones,
                                const Tones& tones);

/// The same, with the zones of these boxes made for it. `px_per_mm` is the scan's own scale.
std::vector<BoxPaper> papers_of(const std::vector<AlignedBox>& boxes, const Tones& tones,
                                double px_per_mm);

}  // namespace verso::scanner

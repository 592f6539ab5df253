// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "scanner/marks/box_alignment.h"

namespace verso::scanner {

/// Takes away what the print of a box itself leaves in its inside: blur, motion and a coarse scan
/// carry the outline inwards. How it looks is learned from this very card: the median, pixel by
/// pixel, over all boxes of one shape and size, of which most are empty. Shapes with fewer than
/// five boxes are left alone. For cards that are doubtful.
void take_print_away(std::vector<AlignedBox>& boxes);

}  // namespace verso::scanner

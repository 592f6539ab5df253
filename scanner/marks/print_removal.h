// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "scanner/marks/box_alignment.h"

namespace verso::scanner {

/// Takes away what the print of a box itself leaves in its inside: blur, motion and a coarse scan
/// carry the outline inwards. How it looks is learned from this very card: what most boxes of one
/// shape and size that are `blank` (one flag a box: not taken for marked at the first look) have in
/// common, pixel by pixel, near the outline. Two such boxes are needed. For cards that are
/// doubtful.
void take_print_away(std::vector<AlignedBox>& boxes, const std::vector<bool>& blank);

}  // namespace verso::scanner

// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <functional>
#include <vector>

#include "core/card/card_layout.h"
#include "scanner/registration/qr_points.h"

namespace verso::scanner {

/// The mark boxes whose printed outline is seen within `reach` of where the map puts it: the middle
/// of each on the page and in the image, light points beside codes and fiducials. Filled boxes and
/// boxes that are hidden may be missing or wrong: to be fitted with robust_fit.h's fit_many. Only
/// boxes whose middle is `wanted` are looked for; all when that is empty.
/// Requires: reach < 4.4 mm, half of the distance between two boxes.
std::vector<PointPair> find_outlines(const GrayImage& image, const Homography& map,
                                     const ReadRegion& region, const Tones& tones, Mm reach,
                                     const std::function<bool(MmPoint)>& wanted);

/// False for a return sheet: it prints only the boxes of the articles that were bought, so that
/// missing ones say nothing.
bool prints_all_boxes(const ReadRegion& region);

/// How many mark boxes the region has.
int box_count(const ReadRegion& region);

}  // namespace verso::scanner

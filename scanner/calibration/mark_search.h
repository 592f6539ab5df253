// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <array>
#include <optional>
#include <vector>

#include "core/geometry/homography.h"
#include "core/page/calibration_sheet.h"
#include "scanner/image/gray_image.h"

namespace verso::scanner {

/// A dark square inside a light one inside a dark one.
struct RingCandidate {
    PxPoint middle;
    double size = 0;  ///< side of the outer square, px
};

/// All that look like marks, in full pixels of the image though searched for in a smaller one.
std::vector<RingCandidate> find_rings(const GrayImage& image);

/// The sheet's marks among the candidates, in the sheet's order, by how they stand to each other in
/// any turn of the page. Nothing unless all six are there.
std::optional<std::array<RingCandidate, 6>> match_marks(const std::vector<RingCandidate>& rings,
                                                        const CalibrationSheet& sheet);

/// The middle of a mark's ink, below a pixel.
PxPoint refine_middle(const GrayImage& image, const RingCandidate& ring);

}  // namespace verso::scanner

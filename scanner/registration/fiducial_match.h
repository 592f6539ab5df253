// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <vector>

#include "core/card/card_layout.h"
#include "scanner/registration/qr_points.h"

namespace verso::scanner {

/// Centres of what may be a fiducial: dark, solid, about square, standing free. In px of the full
/// image, the most square ones first, not more than a few dozen. Looks over the whole image.
std::vector<PxPoint> fiducial_candidates(const GrayImage& image);

/// Every way in which three of the candidates stand to one another as three of the fiducials do
/// (any turn and scale, not mirrored), best first. For each the pairs, page to image.
std::vector<std::vector<PointPair>> match_fiducials(const std::vector<MmBox>& fiducials,
                                                    const std::vector<PxPoint>& candidates);

/// Paper and print as the matched squares show them.
Tones estimate_tones(const GrayImage& image, const std::vector<PointPair>& match,
                     const ReadRegion& region);

}  // namespace verso::scanner

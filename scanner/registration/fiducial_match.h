// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <optional>
#include <vector>

#include "core/card/card_layout.h"
#include "scanner/registration/qr_points.h"

namespace verso::scanner {

/// A dark, solid, about square thing that stands free: it may be a fiducial. In px of the image.
struct SquareCandidate {
    PxPoint centre;
    double side = 0;     ///< px
    double degrees = 0;  ///< by which its sides are turned, 0 to 90
};

/// What may be a fiducial on the whole image, the most square ones first, not more than a few
/// dozen.
std::vector<SquareCandidate> fiducial_candidates(const GrayImage& image);

/// Ways in which three or two of the candidates stand to one another as fiducials do (any turn and
/// scale, tilted, not mirrored) with sides of the right length: the pairs, page to image. Three
/// before two, likelier first, not more than a few dozen.
std::vector<std::vector<PointPair>> match_fiducials(const std::vector<MmBox>& fiducials,
                                                    const std::vector<SquareCandidate>& candidates);

/// The map that a match stands for: affine by three, a similarity by two.
std::optional<Homography> map_of_match(const std::vector<PointPair>& match);

/// Paper and print as the squares show them through the map.
Tones estimate_tones(const GrayImage& image, const Homography& map,
                     const std::vector<PointPair>& match, const ReadRegion& region);

}  // namespace verso::scanner

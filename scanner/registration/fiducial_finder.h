// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <array>
#include <optional>

#include "scanner/registration/patch.h"
#include "scanner/registration/qr_points.h"

namespace verso::scanner {

/// A fiducial as it was measured.
struct FoundFiducial {
    PointPair centre;                  ///< right to about a twentieth of a mm
    std::array<PointPair, 4> corners;  ///< coarser: they move with toner and threshold
};

/// Looks for the solid square `box` of the page within `reach` of where the map puts it, and
/// measures it by its four edges (a corner that is torn or covered does not move it). Nothing when
/// no dark square stands there, or one that differs from its size by more than `tolerance`.
std::optional<FoundFiducial> find_fiducial(const GrayImage& image, const Homography& map,
                                           const Tones& tones, const MmBox& box, Mm reach,
                                           double tolerance = 0.2);

}  // namespace verso::scanner

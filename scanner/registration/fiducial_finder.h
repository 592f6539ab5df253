// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <optional>

#include "scanner/registration/patch.h"
#include "scanner/registration/qr_points.h"

namespace verso::scanner {

/// Looks for the solid square `box` of the page within `reach` of where the map puts it, and
/// measures its centre by its four edges (to about a twentieth of a mm; a corner that is torn or
/// covered does not move it). Nothing when no dark square of that size stands there.
std::optional<PointPair> find_fiducial(const GrayImage& image, const Homography& map,
                                       const Tones& tones, const MmBox& box, Mm reach);

}  // namespace verso::scanner

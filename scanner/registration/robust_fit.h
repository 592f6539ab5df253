// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <optional>
#include <span>
#include <vector>

#include "core/geometry/homography.h"

namespace verso::scanner {

/// A map through measured points, and which of them it had to leave out.
struct RobustFit {
    Homography map;
    std::vector<double> residual_mm;  ///< one per point given
    std::optional<std::size_t> left_out;
    double worst_mm = 0;  ///< over the points kept
};

/// Fits the simplest map that explains the points: affine (feed stretch, shear, any turn) when that
/// is good enough, else a homography (a photo). When one point contradicts all the others, it is
/// left out, provided that enough remain to notice. Nothing with fewer than three points, or when
/// they are all on one line.
std::optional<RobustFit> fit_robustly(std::span<const PointPair> points);

}  // namespace verso::scanner

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
    std::vector<bool> used;           ///< one per point given
    double worst_mm = 0;              ///< over the points used
};

/// Fits the simplest map that explains the points: affine (feed stretch, shear, any turn) when that
/// is good enough, else a homography (a photo). `landmarks` numbers the thing that each point
/// belongs to (a code, a fiducial): a landmark stands or falls as a whole. Landmarks that
/// contradict the others are left out, as few as possible and only while enough remain to notice;
/// all subsets are tried. Nothing with fewer than three points, or when they are all on one line.
std::optional<RobustFit> fit_robustly(std::span<const PointPair> points,
                                      std::span<const int> landmarks);

/// The same with each point a landmark of its own.
std::optional<RobustFit> fit_robustly(std::span<const PointPair> points);

/// A homography through many points of which up to a third may be anywhere: reweighted least
/// squares from `start`. Points farther than `limit_mm` from the result are not used.
std::optional<RobustFit> fit_many(std::span<const PointPair> points, const Homography& start,
                                  double limit_mm);

}  // namespace verso::scanner

// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <array>
#include <optional>
#include <span>

#include "core/geometry/homography.h"

namespace verso::scanner {

/// A map through points, and how far off it may be elsewhere. Perspective is believed as far as
/// the points show it: without evidence the map stays affine, and its error far from the points
/// says that a tilt would not have been noticed.
class PlaneFit {
  public:
    const Homography& map() const { return map_; }
    /// Standard deviation of the map at a page point, in mm on the page, when each point of weight
    /// 1 was measured to 0.05 mm.
    double error_mm(MmPoint page) const;

  private:
    friend std::optional<PlaneFit> fit_plane(std::span<const PointPair> pairs);
    Homography map_;
    MmPoint middle_;
    std::array<double, 64> covariance_{};  ///< of the eight parameters, in page units
};

/// The likeliest homography: least squares over the points with a mild expectation that the
/// picture was taken squarely. Weights are inverse variances. Nothing with fewer than three points
/// or when they are on one line.
std::optional<PlaneFit> fit_plane(std::span<const PointPair> pairs);

}  // namespace verso::scanner

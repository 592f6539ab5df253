// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <array>
#include <optional>
#include <span>

#include "core/geometry/shapes.h"

namespace verso {

/// A point on the page and where the image shows it.
struct PointPair {
    MmPoint page;
    PxPoint image;
    double weight = 1.0;
};

/// The plane-to-plane map from page (mm) to image (px), row-major 3x3, m[8] = 1 for all finite
/// maps made here. A value; safe to share between threads.
class Homography {
  public:
    /// The identity on numbers: 1 mm shows as 1 px.
    Homography() : m_{1, 0, 0, 0, 1, 0, 0, 0, 1} {}
    explicit Homography(const std::array<double, 9>& m) : m_(m) {}

    PxPoint to_image(MmPoint page) const;
    /// The page point that shows at `image`. Requires: the map is invertible (fit_homography gives
    /// no other).
    MmPoint to_page(PxPoint image) const;
    /// Local scale at a page point in px per mm: the square root of the area magnification.
    double scale_at(MmPoint page) const;
    const std::array<double, 9>& matrix() const { return m_; }

  private:
    std::array<double, 9> m_;
};

/// The least-squares homography through four or more pairs: normalised direct linear transform
/// (Hartley and Zisserman, Multiple View Geometry, algorithm 4.2, inhomogeneous form). Nothing
/// when fewer than four pairs are given or when they leave the map undetermined.
std::optional<Homography> fit_homography(std::span<const PointPair> pairs);

/// The least-squares affine map through three or more pairs. Nothing when they are collinear.
std::optional<Homography> fit_affine(std::span<const PointPair> pairs);

/// Distance in px between where the map puts the page point and where the image shows it.
double residual(const Homography& map, const PointPair& pair);

}  // namespace verso

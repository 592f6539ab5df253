// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string>
#include <vector>

#include "core/geometry/shapes.h"
#include "scanner/image/gray_image.h"
#include "scanner/lab/random.h"

namespace verso::scanner::lab {

/// Something that comes to lie on a part of a picture: drawn first, softened, then laid on at once.
/// Positions and sizes are px of the picture; levels are 0 nothing to 255 full. Owned by one
/// drawing call; borrows the image.
class Overlay {
  public:
    /// Nothing is drawn beyond `radius` of `middle`, nor beyond the image.
    Overlay(GrayImage& image, PxPoint middle, double radius);

    void line(PxPoint from, PxPoint to, double thick, int level = 255);
    void polygon(const std::vector<PxPoint>& corners, int level = 255);
    /// A part of an ellipse's outline; a negative `thick` fills it. Angles in degrees.
    void arc(PxPoint middle, double rx, double ry, double tilt, double from, double to,
             double thick, int level = 255);
    /// Plain letters of that height, standing on `at`, level along the picture's rows.
    void text(const std::string& letters, PxPoint at, double height, double thick);

    /// Takes the darkness of a picture as large as the image.
    void copy_darkness(const GrayImage& picture);

    void soften(double deviation);
    /// Unevenly, as a stamp prints.
    void make_patchy(Rng& rng);

    /// Takes `strength` (0 to 1) of the light where the level is full.
    void darken(double strength) const;
    /// Mixes with `gray` (0 to 255) where the level is full.
    void cover(double gray, double strength) const;

  private:
    GrayImage& image_;
    int left_ = 0, top_ = 0;
    GrayImage mask_;
};

}  // namespace verso::scanner::lab

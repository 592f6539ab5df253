// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <vector>

#include "core/geometry/homography.h"
#include "scanner/image/gray_image.h"
#include "scanner/lab/pen.h"
#include "scanner/lab/random.h"

namespace verso::scanner::lab {

/// One movement of the pen on the page, as corners that the hand rounds off.
using Stroke = std::vector<MmPoint>;

/// Collects strokes as ink over one part of an image and lays it on at the end: where strokes
/// cross, ink does not darken twice. Owned by one drawing call; borrows the image.
class InkCanvas {
  public:
    /// Ink may reach `reach` on the page; the rest of the image is not touched.
    InkCanvas(GrayImage& image, const Homography& page_to_image, const MmBox& reach);

    /// Draws with the pen's width, pressure and gaps, and the hand's wobble.
    void draw(const Stroke& stroke, const Pen& pen, Rng& rng);
    /// Darkens the image. Ends the use of this canvas.
    void lay_down(const Pen& pen);

  private:
    void stamp(PxPoint at, double radius, double strength);

    GrayImage& image_;
    const Homography& map_;
    int left_ = 0, top_ = 0, width_ = 0, height_ = 0;
    std::vector<float> ink_;  ///< 0 none to 1 full, of the part
};

}  // namespace verso::scanner::lab

// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/geometry/shapes.h"
#include "scanner/image/gray_image.h"

namespace verso::scanner {

/// Gray at a fractional position, bilinear; off the image (also NaN of a degenerate map) its
/// nearest edge. Requires: both sides of the image are at least 2 px.
inline float probe(const GrayImage& image, PxPoint at) {
    const double right = image.width - 1.001, bottom = image.height - 1.001;
    const double x = at.x.value > 0 ? (at.x.value < right ? at.x.value : right) : 0;
    const double y = at.y.value > 0 ? (at.y.value < bottom ? at.y.value : bottom) : 0;
    const int left = int(x), top = int(y);
    const float fx = float(x - left), fy = float(y - top);
    const std::uint8_t* upper = image.row(top) + left;
    const std::uint8_t* lower = upper + image.width;
    const float above = float(upper[0]) + fx * float(upper[1] - upper[0]);
    const float below = float(lower[0]) + fx * float(lower[1] - lower[0]);
    return above + fy * (below - above);
}

/// True when the position is on the image.
inline bool is_on(const GrayImage& image, PxPoint at) {
    return at.x.value >= 0 && at.y.value >= 0 && at.x.value <= image.width - 1 &&
           at.y.value <= image.height - 1;
}

}  // namespace verso::scanner

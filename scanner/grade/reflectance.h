// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <algorithm>
#include <cmath>

#include "core/geometry/homography.h"
#include "scanner/image/gray_image.h"

namespace verso::scanner {

/// How light the page is at a place, 0 to 1, as an image shows it: between four pixels. Off the
/// image the nearest edge counts. The image must outlive it.
class Reflectance {
  public:
    Reflectance(const GrayImage& image, const Homography& map) : image_(image), map_(map) {}

    double at(MmPoint place) const {
        const PxPoint p = map_.to_image(place);
        const double x = inside(p.x.value, image_.width), y = inside(p.y.value, image_.height);
        const int left = int(x), top = int(y);
        const int right = std::min(left + 1, image_.width - 1);
        const int bottom = std::min(top + 1, image_.height - 1);
        const double fx = x - left, fy = y - top;
        const auto *upper = image_.row(top), *lower = image_.row(bottom);
        const double above = upper[left] * (1 - fx) + upper[right] * fx;
        const double below = lower[left] * (1 - fx) + lower[right] * fx;
        return (above * (1 - fy) + below * fy) / 255;
    }

  private:
    static double inside(double at, int size) {
        return std::isfinite(at) ? std::clamp(at, 0.0, double(size - 1)) : 0;
    }
    const GrayImage& image_;
    const Homography& map_;
};

/// Where a symbol's own coordinates are on the page: (0, 0) is its top left, (1, 1) its bottom
/// right, before it was turned clockwise inside its box.
inline MmPoint in_turned_box(const MmBox& box, int turn, double u, double v) {
    switch (((turn % 360) + 360) % 360) {
        case 90:
            return {box.x + box.w * (1 - v), box.y + box.h * u};
        case 180:
            return {box.x + box.w * (1 - u), box.y + box.h * (1 - v)};
        case 270:
            return {box.x + box.w * v, box.y + box.h * (1 - u)};
        default:
            return {box.x + box.w * u, box.y + box.h * v};
    }
}

}  // namespace verso::scanner

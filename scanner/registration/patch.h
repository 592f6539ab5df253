// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <vector>

#include "core/geometry/homography.h"
#include "scanner/image/gray_image.h"

namespace verso::scanner {

/// A part of the page, straightened: gray values at a fixed number of pixels per mm, whatever the
/// scan's own scale, turn and skew. Pixel (0, 0) is centred half a pixel inside the box.
struct Patch {
    MmBox box;
    double px_per_mm = 0;
    int width = 0, height = 0;
    std::vector<float> pixels;  ///< 0 black to 255 white; what lies off the image repeats its edge
    double off_image = 0;       ///< share of pixels that lie off the image

    float at(int x, int y) const {
        return pixels[std::size_t(y) * std::size_t(width) + std::size_t(x)];
    }
    /// The page position of a (sub)pixel.
    MmPoint to_page(double x, double y) const {
        return {box.x + Mm{(x + 0.5) / px_per_mm}, box.y + Mm{(y + 0.5) / px_per_mm}};
    }
    /// The (sub)pixel of a page position.
    PxPoint to_pixel(MmPoint p) const {
        return {Px{(p.x - box.x).value * px_per_mm - 0.5},
                Px{(p.y - box.y).value * px_per_mm - 0.5}};
    }
};

/// Samples the page's `box` through the map: bilinear, with as many taps a pixel as the scan has
/// pixels there, up to `most_taps` either way. Requires: the image is not empty, 0 < box and
/// px_per_mm.
Patch sample_patch(const GrayImage& image, const Homography& map, const MmBox& box,
                   double px_per_mm, int most_taps = 6);

}  // namespace verso::scanner

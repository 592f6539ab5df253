// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <vector>

#include "scanner/image/gray_image.h"

namespace verso::scanner {

/// How dark a field's picture is against its own paper: the shadow of a fold, a lamp or a yellowed
/// edge is gone, pens and print are left. Values 0 (paper) to 1 (black), rows without padding.
struct FieldInk {
    int width = 0, height = 0;
    double px_per_mm = 0;
    double noise = 0;  ///< standard deviation of the paper's own darkness
    std::vector<float> dark;

    bool holds(int x, int y) const { return x >= 0 && y >= 0 && x < width && y < height; }
    std::size_t index(int x, int y) const {
        return std::size_t(y) * std::size_t(width) + std::size_t(x);
    }
    /// Requires: holds(x, y).
    float at(int x, int y) const { return dark[index(x, y)]; }
    float& at(int x, int y) { return dark[index(x, y)]; }
    /// The darkness from which on a pixel is more than paper.
    float edge() const;
};

/// Measures the local paper level and takes it off. Requires: the picture is not empty,
/// 0 < px_per_mm.
FieldInk measure_ink(const GrayImage& picture, double px_per_mm);

}  // namespace verso::scanner

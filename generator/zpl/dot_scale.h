// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <algorithm>
#include <cmath>

#include "core/geometry/shapes.h"

namespace verso::generator {

/// A rectangle in whole dots of a print head.
using DotBox = Box<int>;

/// From mm to the dots of one print head. Everything beyond 32000 dots, where ZPL's numbers end,
/// is brought back to there: it lies far off any label.
struct DotScale {
    double per_mm = 8;

    int at(Mm place) const { return whole(place.value * per_mm); }
    /// A length that shall be seen: at least one dot.
    int length(Mm extent) const { return std::max(1, at(extent)); }
    /// From the rounded edges, so that neighbours meet without a seam.
    DotBox box(const MmBox& b) const {
        const int left = at(b.x), top = at(b.y);
        return {left, top, std::max(1, at(b.right()) - left), std::max(1, at(b.bottom()) - top)};
    }

    static constexpr int kFarthest = 32000;
    static int whole(double dots) {
        if (!std::isfinite(dots)) return 0;
        return static_cast<int>(std::lround(std::clamp<double>(dots, -kFarthest, kFarthest)));
    }
};

}  // namespace verso::generator

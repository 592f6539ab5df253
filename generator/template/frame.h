// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <algorithm>

#include "core/geometry/shapes.h"

namespace verso::generator {

/// Where a group's own coordinates (from its upright top left) lie on the page: moved, and turned
/// clockwise by 0, 90, 180 or 270 degrees.
struct Frame {
    MmPoint origin{};
    int turn = 0;

    MmPoint vector(MmPoint v) const {
        switch (turn) {
            case 90:
                return {-v.y, v.x};
            case 180:
                return {-v.x, -v.y};
            case 270:
                return {v.y, -v.x};
            default:
                return v;
        }
    }
    MmPoint point(MmPoint p) const { return origin + vector(p); }
    MmBox box(const MmBox& b) const {
        const MmPoint one = point({b.x, b.y}), other = point({b.right(), b.bottom()});
        // Unturned sizes are kept as they are: a subtraction would leave dust behind.
        const bool lies = turn == 90 || turn == 270;
        return {std::min(one.x, other.x), std::min(one.y, other.y), lies ? b.h : b.w,
                lies ? b.w : b.h};
    }
    /// The frame of a group that occupies `area` in this one and is turned by `more`.
    Frame inner(const MmBox& area, int more) const {
        const MmPoint corner = more == 90    ? MmPoint{area.right(), area.y}
                               : more == 180 ? MmPoint{area.right(), area.bottom()}
                               : more == 270 ? MmPoint{area.x, area.bottom()}
                                             : MmPoint{area.x, area.y};
        return {point(corner), (turn + more) % 360};
    }
};

}  // namespace verso::generator

// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstddef>
#include <cstdint>
#include <vector>

#include "generator/zpl/dot_scale.h"

namespace verso::generator {

/// Dots that a print head burns or not; rows are filled up to whole bytes, the first dot is the
/// highest bit, as ^GF wants them.
class DotBitmap {
  public:
    DotBitmap() = default;
    DotBitmap(int width, int height);

    int width() const { return width_; }
    int height() const { return height_; }
    std::size_t stride() const { return stride_; }
    const std::uint8_t* row(int y) const { return bits_.data() + std::size_t(y) * stride_; }

    /// Requires: the place is on the bitmap.
    bool at(int x, int y) const { return (row(y)[x >> 3] >> (7 - (x & 7)) & 1) != 0; }
    void set(int x, int y, bool ink = true);

    /// Places off the bitmap are left out.
    void fill(DotBox box, bool ink = true);

    /// The whole turned clockwise by 0, 90, 180 or 270 degrees.
    DotBitmap turned(int turn) const;
    /// The smallest part that holds all ink; empty (w = 0) when there is none.
    DotBox ink_box() const;
    /// A part of it. Requires: the box is on the bitmap.
    DotBitmap part(DotBox box) const;

  private:
    int width_ = 0, height_ = 0;
    std::size_t stride_ = 0;
    std::vector<std::uint8_t> bits_;
};

/// A turn as one of 0, 90, 180, 270.
constexpr int quarter_turn(int turn) { return ((turn % 360) + 360) % 360 / 90 * 90; }

}  // namespace verso::generator

// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <optional>

#include "core/page/draw_list.h"
#include "core/util/result.h"
#include "generator/zpl/dot_bitmap.h"

namespace verso::generator {

/// Dots and where their top left stands on the page.
struct PlacedDots {
    DotBitmap dots;
    int x = 0, y = 0;
};

/// A symbol with every module the same whole number of dots: as many as fit its box, the whole in
/// the middle of it. With `keep_size` a matrix fills its box instead, and modules differ by a dot:
/// a reader that finds a card by its code must find the code as large as its layout says.
/// ValueInvalid when there are fewer than two dots a module, or less than 0.24 mm (0.16 mm for
/// bars); says how large the box must be.
Result<PlacedDots> symbol_dots(const ModulesMark& mark, DotScale scale, bool keep_size);

/// Whether a page is one that comes back and is read by its layout: it has three equal black
/// squares of the size of fiducials.
bool has_fiducials(const DrawList& page);

/// A line that is neither upright nor level, clipped to a page of `width` x `height` dots.
PlacedDots slanted_dots(const LineMark& mark, DotScale scale, int width, int height);

/// The outline of a rectangle in dots.
struct Frame {
    DotBox outer;
    int thick = 1;
    double radius = 0;  ///< of the outer edge
    /// The rounding that ^GB knows, in eighths of half the shorter side, when one of them is right
    /// to a dot.
    std::optional<int> eighths;

    static Frame of(const OutlineMark& mark, DotScale scale);
    DotBitmap dots() const;
};

}  // namespace verso::generator

// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <array>
#include <optional>
#include <vector>

#include "core/geometry/homography.h"
#include "scanner/image/gray_image.h"

namespace verso::scanner {

/// A square symbol's modules as they lie in the image.
struct SymbolGrid {
    int modules = 0;                   ///< along one side
    std::vector<std::uint8_t> dark;    ///< 0 or 1, row by row, as printed
    std::array<PointPair, 4> corners;  ///< the symbol's own: top left first, clockwise on the page
    double scatter_mm = 0;  ///< how far one edge between modules strays from the grid (deviation)
    double blur_mm = 0;     ///< deviation of the blur that edges show; 0 when perfectly sharp
    double edges_seen = 0;  ///< share of the edges between modules that were where they should be
};

/// Measures where a symbol really is, from all the edges between dark and light modules. Hundreds
/// of edges, dark to light and light to dark, make it exact to a fiftieth of a module whatever the
/// ink gain and the blur, also when part of the symbol is covered. `rough` maps the page to the
/// image and must be right to half a module there. Nothing when no grid is seen.
std::optional<SymbolGrid> measure_grid(const GrayImage& image, const Homography& rough,
                                       const MmBox& box, int modules);

}  // namespace verso::scanner

// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <optional>

#include "core/geometry/homography.h"
#include "scanner/codes/code_reader.h"
#include "scanner/registration/symbol_grid.h"

namespace verso::scanner {

/// A code that was read where a map says that it must be.
struct PlacedCode {
    FoundCode code;                  ///< corners in px of the image, in the symbol's own order
    std::optional<SymbolGrid> grid;  ///< its modules, when they could be measured
};

/// How much is spent on a code that does not read at once.
enum class Effort {
    Usual,    ///< its modules, then the decoder on a straightened crop
    Thorough  ///< also more contrast, raised edges
};

/// A code's place on the page; `turn` says by how many quarters its upright is turned there,
/// clockwise.
struct CodePlace {
    CodeKind kind;
    MmBox box;
    int turn = 0;
};

/// Reads the code that the map (page to image) puts somewhere on the image. `slack` says how far
/// off the map may be there.
std::optional<PlacedCode> read_code_at(const GrayImage& image, const Homography& map,
                                       const CodePlace& place, Mm slack, Effort effort);

/// The modules of a Data Matrix through a map that is right to about half a module there.
std::optional<SymbolGrid> measure_matrix(const GrayImage& image, const Homography& rough,
                                         const CodePlace& place);

/// The page-to-image map by the four corners of a symbol in its own order.
std::optional<Homography> map_by_corners(const CodePlace& place,
                                         const std::array<PxPoint, 4>& corners);

}  // namespace verso::scanner

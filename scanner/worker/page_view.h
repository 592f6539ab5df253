// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <array>
#include <optional>

#include "core/geometry/shapes.h"
#include "scanner/image/gray_image.h"

namespace verso::scanner {

/// A picture of one page, for people: a card as if it lay straight, or the whole page.
struct PageView {
    int page = 1;  ///< of the file, from 1
    /// Of the card, top left first as it stands upright; none: the whole page.
    std::optional<std::array<PxPoint, 4>> corners{};
    /// Pixels of the picture: exactly of a card; what a whole page is made to fit into.
    int width = 0, height = 0;
};

/// Draws it. The parts of a card that lie beside the image are white. An empty picture when that
/// makes none: no size, a size beyond 4000, corners of which three are on a line.
GrayImage draw_view(const GrayImage& page, const PageView& view);

}  // namespace verso::scanner

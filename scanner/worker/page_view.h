// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <array>
#include <optional>
#include <string>
#include <string_view>

#include "core/geometry/shapes.h"
#include "core/util/result.h"
#include "scanner/image/gray_image.h"
#include "scanner/image/image_loader.h"

namespace verso::scanner {

/// A picture of one page, for people: a card as if it lay straight, or the whole page.
struct PageView {
    int page = 1;  ///< of the file, from 1
    /// Of the card, top left first as it stands upright; none: the whole page.
    std::optional<std::array<PxPoint, 4>> corners{};
    /// Pixels of the picture: exactly of a card; what a whole page is made to fit into.
    int width = 0, height = 0;
};

/// A photo as people see it: a JPEG of the file's first picture, upright, in colour, its longer
/// side at most `side` pixels; nothing else of the file is in it. What load_photo() says.
Result<std::string> draw_photo(std::string_view bytes, const std::string& name,
                               const LoadLimits& limits, int side);

/// Draws it. The parts of a card that lie beside the image are white. An empty picture when that
/// makes none: no size, a size beyond 4000, corners of which three are on a line.
GrayImage draw_view(const GrayImage& page, const PageView& view);

}  // namespace verso::scanner

// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <optional>

#include "core/geometry/homography.h"
#include "core/geometry/shapes.h"
#include "scanner/image/gray_image.h"

namespace verso::scanner {

/// The box of all ink inside `window`, on the page, to about a fifth of a pixel; an edge that
/// reaches the end of the window stands there. Nothing when there is no ink. For things that stand
/// alone on white paper: a code in its quiet zone, a fiducial, a mark box.
std::optional<MmBox> ink_extent(const GrayImage& image, const Homography& map, const MmBox& window);

}  // namespace verso::scanner

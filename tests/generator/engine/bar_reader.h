// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string>
#include <vector>

#include "core/geometry/shapes.h"
#include "tests/generator/engine/rendering.h"

namespace verso::generator {

// No free library reads codes of four states; these readers know nothing of how the bars were made.

/// The dark bars of a part of a picture, from left to right, in pixels.
std::vector<MmBox> find_bars(const Rendering& image, Box<int> area);

/// T, A, D or F for each bar, by where its ends lie between the highest top and the lowest bottom.
std::string classify_bars(const std::vector<MmBox>& bars);

}  // namespace verso::generator

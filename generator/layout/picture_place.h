// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <optional>

#include "core/geometry/shapes.h"
#include "core/page/picture.h"

namespace verso::generator {

/// Where a picture stands in its place: its shape kept, centred. `natural_size`: never scaled;
/// nothing when it is larger than the place.
std::optional<MmBox> picture_box(const Picture& picture, const MmBox& place, bool natural_size);

}  // namespace verso::generator

// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <vector>

#include "core/card/card_layout.h"

namespace verso::scanner {

/// Signed distance in mm from the centre line of a mark box's printed outline: negative inside.
double outline_distance(const MarkOption& option, MmPoint at);

/// Points on the centre line of the outline moved outwards by `offset` mm (inwards when negative),
/// one about every `step` mm.
std::vector<MmPoint> outline_points(const MarkOption& option, double offset, double step);

}  // namespace verso::scanner

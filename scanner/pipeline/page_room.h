// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "scanner/pipeline/card_case.h"

namespace verso::scanner {

/// Whether a position is inside four corners that go round it one way or the other.
bool is_inside(const std::array<PxPoint, 4>& corners, PxPoint at);

/// Whether a position is on one of the pieces that are placed.
bool is_taken(const PageFindings& found, PxPoint at);

/// Whether beside the pieces found there is place for one more.
bool has_room(const PageContext& page, const PageFindings& found);

}  // namespace verso::scanner

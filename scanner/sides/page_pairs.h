// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <vector>

#include "core/domain/reading.h"

namespace verso::scanner {

/// Pairs the two sides of each sheet in the readings of one file, which are in the order of its
/// pages: sets `other_page` where that is certain and leaves it 0 elsewhere. Certain is a file of
/// which pages 1 and 2, 3 and 4 … can each be one sheet, as a duplex scanner gives them: a side
/// that was read and an empty one, in either order, or two sides that name one card. A file with
/// two unrelated sides in one such pair was not scanned so, and nothing is paired. Pure.
void pair_sides(std::vector<Reading>& readings, int pages);

}  // namespace verso::scanner

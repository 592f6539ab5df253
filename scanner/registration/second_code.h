// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <optional>

#include "core/geometry/homography.h"
#include "scanner/codes/code_reader.h"

namespace verso::scanner {

/// Reads the Data Matrix at its known place, from a straightened crop a little larger than it.
/// `slack` says how far off the map may be there. Corners are in pixels of the image.
std::optional<FoundCode> read_second_code(const GrayImage& image, const Homography& map,
                                          const MmBox& box, Mm slack);

}  // namespace verso::scanner

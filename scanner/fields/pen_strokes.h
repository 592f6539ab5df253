// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <vector>

#include "core/geometry/shapes.h"
#include "scanner/fields/field_ink.h"

namespace verso::scanner {

/// Marks (1) the pixels of a field that a pen left: connected ink of which some is clearly darker
/// than the paper and which reaches into the frame. Lone specks of dust are left out; small ink
/// near larger strokes stays, as dots and the crumbs of a pencil line do.
std::vector<std::uint8_t> find_pen_strokes(const FieldInk& ink, const PxBox& frame);

/// The mask with every pixel set that has a set one within `reach` px in both directions.
std::vector<std::uint8_t> widened(const std::vector<std::uint8_t>& mask, int width, int height,
                                  int reach);

}  // namespace verso::scanner

// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/geometry/shapes.h"
#include "scanner/fields/field_ink.h"

namespace verso::scanner {

/// Takes the printed frame of a handwriting field off its picture, where nothing is written across
/// it. `frame` is its centre line in pixels of the picture; the line is followed up to 0.9 mm
/// beside that, round corners of up to 3 mm are found. Where a stroke crosses the line, both stay,
/// as staves are removed from music without its notes: by the length of the run across the line.
void remove_frame(FieldInk& ink, const PxBox& frame);

}  // namespace verso::scanner

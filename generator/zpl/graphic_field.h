// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string>

#include "generator/zpl/dot_bitmap.h"

namespace verso::generator {

/// "^GFA,…": the bitmap as hexadecimal digits in ZPL's own compression (ZPL II Programming Guide,
/// "Alternative Data Compression Scheme for ~DG and ~DB"): a letter before a digit repeats it, ','
/// fills the row with 0, ':' is the row above once more. '!' (the same with ones) is not used: some
/// firmware that speaks ZPL fills with the digit 1. Requires: not empty.
std::string graphic_field(const DotBitmap& bitmap);

}  // namespace verso::generator

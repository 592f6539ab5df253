// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string>

#include "generator/zpl/dot_bitmap.h"

namespace verso::generator {

/// "^GFA,…": the bitmap as hexadecimal digits in ZPL's own compression (ZPL II Programming Guide,
/// "Alternative Data Compression Scheme for ~DG and ~DB"): a letter before a digit repeats it, ','
/// and '!' fill the row with 0 and 1, ':' is the row above once more. Requires: not empty.
std::string graphic_field(const DotBitmap& bitmap);

}  // namespace verso::generator

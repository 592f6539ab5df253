// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string>

#include "generator/fonts/face.h"

namespace verso::generator {

/// Reads a prepared font file and flattens what setting text needs.
/// Errors: NotFound, FormatInvalid (not a TrueType font with outlines and a Unicode cmap).
Result<FontBook::Face> load_face(const std::string& path);

}  // namespace verso::generator

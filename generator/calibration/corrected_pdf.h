// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string>

#include "core/geometry/print_correction.h"
#include "core/util/result.h"

namespace verso::generator {

/// Writes the PDF anew with everything on each page moved by the correction, whatever its size, its
/// /Rotate or the corner where its space begins. The pages keep their size; what is moved beyond
/// an edge is not printed. The same input gives the same bytes. `out` appears whole or not at all,
/// flushed to the disk. Errors: FileUnreadable, FormatInvalid (no sound PDF), ValueInvalid
/// (check_correction), FileUnwritable. Thread-safe.
Result<void> apply_correction(const std::string& pdf, const std::string& out,
                              const PrintCorrection& correction);

}  // namespace verso::generator

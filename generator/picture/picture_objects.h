// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/page/picture.h"
#include "core/util/result.h"
#include "generator/pdf/pdf_object.h"

namespace verso::generator {

/// A picture as objects of a PDF; the first is what a page draws, filling the unit square. Safe
/// from any thread. Errors: FormatInvalid, LimitExceeded, for pictures that load_picture has not
/// seen or whose PDF page it could measure but nobody can copy.
Result<PdfObjects> picture_objects(const Picture& picture);

}  // namespace verso::generator

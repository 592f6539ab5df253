// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string>
#include <string_view>

#include "core/geometry/shapes.h"
#include "core/util/result.h"
#include "generator/pdf/pdf_object.h"

namespace verso::generator {

/// Size of a PDF's first page as a reader shows it. FormatInvalid when the file is damaged, locked
/// by a password or has no page.
Result<PageSize> foreign_page_size(std::string_view bytes, const std::string& name);

/// The first page as a form: everything that it draws with is copied as it is, nothing is decoded
/// or drawn anew. The form fills the unit square, upright. Notes and form fields are left out.
/// Errors as above, and LimitExceeded for more than 20,000 objects.
Result<PdfObjects> foreign_page_objects(std::string_view bytes, const std::string& name);

}  // namespace verso::generator

// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string>
#include <string_view>

#include "core/util/result.h"
#include "generator/pdf/pdf_object.h"
#include "generator/picture/picture_facts.h"

namespace verso::generator {

/// Size and density of a JPEG (ITU-T T.81) from its headers. FormatInvalid when they are damaged,
/// the picture ends too soon or is of a kind that PDF does not know (lossless, arithmetic, 12 bit).
Result<PictureFacts> read_jpeg_facts(std::string_view bytes, const std::string& name);

/// The JPEG as it is, as an image of a PDF. Errors as above.
Result<PdfObjects> jpeg_objects(std::string_view bytes, const std::string& name);

}  // namespace verso::generator

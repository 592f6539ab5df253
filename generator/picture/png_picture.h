// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string>
#include <string_view>

#include "core/util/result.h"
#include "generator/pdf/pdf_object.h"
#include "generator/picture/picture_facts.h"

namespace verso::generator {

/// Size and density of a PNG from its chunks. FormatInvalid when they are damaged.
Result<PictureFacts> read_png_facts(std::string_view bytes, const std::string& name);

/// FormatInvalid unless every pixel can be decoded. Takes memory for all of them.
Result<void> check_png(std::string_view bytes, const std::string& name);

/// The PNG as an image of a PDF: its compressed data as they are where PDF has the same (gray,
/// colour and palette up to 8 bits); else decoded, what is transparent laid on white paper.
/// Requires: check_png found it sound.
Result<PdfObjects> png_objects(std::string_view bytes, const std::string& name);

}  // namespace verso::generator

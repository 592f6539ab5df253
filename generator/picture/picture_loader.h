// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <memory>
#include <string>
#include <string_view>

#include "core/page/picture.h"
#include "core/util/result.h"

namespace verso::generator {

/// Resolution of a picture that does not tell its own: 150 dpi, at which a logo drawn for a screen
/// gets a sensible size on paper.
inline constexpr double kUsualDpi = 150;

/// Reads a JPEG, PNG or PDF file for printing, known by its content and not by its name. The
/// natural size comes from JFIF or Exif density or PNG's pHYs (without them kUsualDpi), of a PDF
/// from its first page's crop box, as turned by /Rotate. A JPEG's Exif orientation is not followed.
/// Errors: FileUnreadable, FormatInvalid (damaged, or a kind that paper cannot take),
/// LimitExceeded (20 MB, 12,000 pixels a side, 40 million pixels).
Result<std::shared_ptr<const Picture>> load_picture(const std::string& path);

/// The same from bytes; `name` is for messages.
Result<std::shared_ptr<const Picture>> load_picture(std::string bytes, const std::string& name);

}  // namespace verso::generator

// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string>

#include "core/util/result.h"
#include "generator/zpl/dot_bitmap.h"

namespace verso::generator {

/// A PNG drawn to `width` x `height` dots: each dot is black where the mean of the pixels under it,
/// on white paper, is darker than half. A picture shown dot for pixel comes through unchanged.
/// FormatInvalid (damaged, or not a PNG), LimitExceeded (more than 64 million pixels), both with
/// `name`. Thread-safe.
Result<DotBitmap> png_to_dots(const std::string& bytes, const std::string& name, int width,
                              int height);

}  // namespace verso::generator

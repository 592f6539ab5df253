// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/util/result.h"
#include "scanner/image/image_loader.h"
#include "scanner/render/child_output.h"

namespace verso::scanner {

/// The next picture that a program writes (Netpbm P5, maxval 255). NotFound at the end of its
/// output, LimitExceeded before anything of the picture's size is allocated, FormatInvalid when it
/// breaks off.
Result<GrayImage> next_picture(ChildOutput& child, double dpi, const LoadLimits& limits);

}  // namespace verso::scanner

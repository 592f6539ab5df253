// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <array>

#include "core/geometry/shapes.h"
#include "scanner/codes/code_reader.h"
#include "scanner/image/gray_image.h"

namespace verso::scanner {

/// The image reduced by a whole factor, each pixel the mean of factor x factor. Requires: factor >=
/// 1 and both sides at least factor.
GrayImage reduced(const GrayImage& image, int factor);
/// The same of a part of the image. Requires: the part is on the image.
GrayImage reduced(const GrayImage& image, PxRect part, int factor);

/// Where a position in an image reduced by `factor` is in the full one.
PxPoint from_reduced(PxPoint at, int factor);
/// The opposite.
PxPoint to_reduced(PxPoint at, int factor);

/// Contrast stretched tile by tile: brings back codes that are faded or in a shadow.
GrayImage with_local_contrast(const GrayImage& image);
/// Edges raised: brings back codes that are slightly out of focus.
GrayImage unsharp(const GrayImage& image);
/// Each pixel black or white by the mean round it: brings back codes under glare or a shadow's
/// edge.
GrayImage locally_binarised(const GrayImage& image);
/// Softened: closes the dots of a dithered or very noisy scan.
GrayImage softened(const GrayImage& image);
/// Black for white.
GrayImage negative(const GrayImage& image);
/// Turned clockwise about its middle, on a canvas that holds all of it, white outside.
GrayImage turned(const GrayImage& image, double degrees);
/// Where a position in what `turned` made of an image of this size was before.
PxPoint from_turned(PxPoint at, int width, int height, double degrees);

/// Paints the inside of the four corners white.
void cover(GrayImage& image, const std::array<PxPoint, 4>& corners);

}  // namespace verso::scanner

// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/geometry/homography.h"
#include "scanner/image/gray_image.h"

namespace verso::scanner {

/// The two pictures of what is written in a field, both upright and straightened by the map, at the
/// scan's own resolution within 100 to 600 dpi.
struct FieldCrop {
    GrayImage original;  ///< as scanned
    GrayImage clean;     ///< for reading: see clean_field
    double tilt = 0;     ///< degrees by which the lines of writing in `clean` were turned back
};

/// How much of the page round a field its pictures show: writing runs over.
inline constexpr Mm kCropMargin{2};

/// Cuts a field out and cleans it. `rotation` is that of its region (clockwise degrees, 0, 90, 180
/// or 270). Requires: the image is not empty.
FieldCrop crop_field(const GrayImage& image, const Homography& map, const MmBox& field,
                     int rotation);

/// A field for a person or a machine to read: paper white, the strongest ink black whatever the
/// pen, the printed frame, specks of dust and what does not reach into the frame gone, the lines
/// of writing level where they clearly are not. Strokes stay; what is thinner or fainter than the
/// paper's own noise cannot be told from it. `original` has `kCropMargin` round the frame.
FieldCrop clean_field(GrayImage original, double px_per_mm);

}  // namespace verso::scanner

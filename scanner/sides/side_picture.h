// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "scanner/image/gray_image.h"

namespace verso::scanner {

/// A page reduced to 4 px a mm for looking at it as a whole, its longer side across.
struct SidePicture {
    double px_per_mm = 4;
    GrayImage gray;
    GrayImage ink;  ///< 255 where it is darker than the paper round it: strokes, print
    bool card_shaped = false;
};

/// Makes it. Requires: a picture of 100 px at least either way.
SidePicture side_picture(const GrayImage& image);

/// The same turned upside down.
SidePicture upside_down(const SidePicture& side);

/// Whether two thin rules of one length stand top left, as for a sender's address.
bool has_sender_rules(const SidePicture& side);
/// Whether an upright rectangle, its outline whole or dashed, is in the place of a stamp.
bool has_franking_box(const SidePicture& side);
/// Hollow boxes and solid squares of the sizes that an answer side has.
int count_mark_boxes(const SidePicture& side);

}  // namespace verso::scanner

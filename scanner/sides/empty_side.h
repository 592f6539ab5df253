// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <optional>

#include "core/domain/reading.h"
#include "scanner/image/gray_image.h"

namespace verso::scanner {

/// What is to be seen on a page without a card, as numbers. Lengths in mm rest on the page's own
/// shape: its longer side is taken for that of a card, or of an A4 sheet when its file says so.
struct SideMeasures {
    double paper = 0;       ///< median gray
    double inked = 0;       ///< share of its 2 x 2 mm windows with strokes on them
    double largest_mm = 0;  ///< extent of the largest stroke; lines along the whole page left out
    bool card_shaped = false;  ///< as wide and high as a card may be
    int mark_boxes = 0;        ///< hollow boxes and solid squares as an answer side has them

    // Of the way up, of two, that shows more of an address side.
    bool sender_rules = false;  ///< two thin rules of one length top left, for the sender
    bool franking_box = false;  ///< an outline in the place of the stamp
    double address_ink = 0;     ///< inked share of where the address stands
    double free_ink = 0;        ///< inked share of the lower left, where no post lets one print
};

/// Measures a page. Requires: a picture of 100 px at least either way.
SideMeasures measure_side(const GrayImage& image);

/// Blank, Address, or nothing: in doubt nothing, because an empty side is shown to nobody.
std::optional<SheetSide> classify_side(const SideMeasures& measures);

}  // namespace verso::scanner

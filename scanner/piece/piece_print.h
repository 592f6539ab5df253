// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string>
#include <vector>

#include "core/card/card_layout.h"
#include "core/domain/reading.h"
#include "scanner/image/gray_image.h"
#include "scanner/marks/box_alignment.h"
#include "scanner/marks/mark_scorer.h"
#include "scanner/registration/card_registration.h"

namespace verso::scanner {

/// What one registered card shows beside its own print.
struct PieceEvidence {
    const GrayImage& image;
    const ReadRegion& region;
    const Registration& registration;
    const std::vector<AlignedBox>& boxes;       ///< in layout order
    const std::vector<MarkMeasures>& measures;  ///< one per box
    const std::vector<FieldReading>& fields;    ///< in layout order
};

/// The ink that a hand left, in the shape that core/domain/piece.h compares: the surroundings of
/// every box with ink, each against its own printed outline, and every field that was written in.
/// Two fills by one person differ in it. Empty when there is no ink. About 300 characters a box.
std::string piece_print(const PieceEvidence& evidence);

}  // namespace verso::scanner

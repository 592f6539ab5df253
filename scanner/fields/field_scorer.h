// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/card/card_layout.h"
#include "scanner/registration/patch.h"
#include "scanner/registration/qr_points.h"

namespace verso::scanner {

/// How much is written in a handwriting field, its own outline left out.
struct FieldMeasures {
    double inked_windows = 0;  ///< share of its 2 x 2 mm windows with 6 % of ink or more
    int inked_count = 0;       ///< the same, counted
};

/// Counts the inked windows of a field.
FieldMeasures score_field(const GrayImage& image, const Homography& map, const MmBox& field,
                          const Tones& tones);

/// Whether that is handwriting.
bool is_inked(const FieldMeasures& measures);

}  // namespace verso::scanner

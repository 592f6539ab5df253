// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <vector>

#include "core/geometry/homography.h"
#include "scanner/lab/random.h"

namespace verso::scanner::lab {

/// The card in a picture: what effects aim at. A value.
struct Scene {
    Homography page_to_image;
    MmBox card;                  ///< of the page
    std::vector<MmPoint> boxes;  ///< middles of its mark boxes; may be empty
    double px_per_mm = 1;
    double x = 0, y = 0, w = 0, h = 0;  ///< upright rectangle round the card, px

    /// A place on the card; `on_boxes` is the chance that it is at one of the mark boxes.
    PxPoint somewhere(double on_boxes, Rng& rng) const;
};

/// The scene of a card that `page_to_image` shows.
Scene make_scene(const Homography& page_to_image, const MmBox& card, std::vector<MmPoint> boxes);

}  // namespace verso::scanner::lab

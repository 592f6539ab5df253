// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>

#include "core/card/card_layout.h"
#include "core/geometry/homography.h"
#include "scanner/image/gray_image.h"
#include "scanner/lab/profile.h"

namespace verso::scanner::lab {

/// What the printer did to the page, before any pen: weak toner, blobs of it, and what shows
/// through from the other side (its boxes mirrored, with marks of their own). To be used before
/// fill_card. The same seed, the same page.
void age_print(GrayImage& page, const Homography& page_to_image, const ReadRegion& card,
               const Profile& profile, std::uint64_t seed);

}  // namespace verso::scanner::lab

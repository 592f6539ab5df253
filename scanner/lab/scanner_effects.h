// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "scanner/image/gray_image.h"
#include "scanner/lab/profile.h"
#include "scanner/lab/random.h"

namespace verso::scanner::lab {

/// The bed that the card lies on, for a whole picture.
GrayImage make_bed(int width, int height, Bed bed, Rng& rng);

/// Light, optics, sensor and file of the profile, in the order in which they happen.
void see(GrayImage& image, const Profile& profile, Rng& rng);

}  // namespace verso::scanner::lab

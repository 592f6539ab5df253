// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "scanner/image/gray_image.h"
#include "scanner/lab/profile.h"
#include "scanner/lab/random.h"
#include "scanner/lab/scene.h"

namespace verso::scanner::lab {

/// Light, optics and sensor of the profile, in the order in which they happen; bilevel at the end
/// when the profile is. The file's losses are the caller's.
void see(GrayImage& image, const Scene& scene, const Profile& profile, Rng& rng);

/// Falls off along one direction, under a shadow with a soft edge, and shines where a lamp is.
void light(GrayImage& image, const Profile& profile, Rng& rng);
/// A copier's work: sharpened, contrast up, pepper in the white, dark edges.
void photocopy(GrayImage& image, Rng& rng);
/// Black and white by the profile's threshold and one of its halftones.
void make_bilevel(GrayImage& image, const Profile& profile, Rng& rng);

}  // namespace verso::scanner::lab

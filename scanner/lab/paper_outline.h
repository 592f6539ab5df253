// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "scanner/image/gray_image.h"
#include "scanner/lab/placement.h"
#include "scanner/lab/scene.h"

namespace verso::scanner::lab {

/// Cuts the piece of paper out, beside the card's edges and perhaps with a corner torn or cut off,
/// and lays it on the profile's bed with the thin shadow of its edge.
void cut_and_lay_on_bed(GrayImage& paper, const Scene& scene, const Placement& placement,
                        const Profile& profile, Rng& rng);

}  // namespace verso::scanner::lab

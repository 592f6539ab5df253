// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/geometry/homography.h"
#include "scanner/image/gray_image.h"
#include "scanner/lab/bend.h"

namespace verso::scanner::lab {

/// Where the card lies in the picture to be made, and how the paper and the machine bend it.
struct Placement {
    Homography page_to_image;  ///< without the bends
    Curl curl;
    Feed feed;
    int width = 0, height = 0;

    bool is_straight() const { return curl.is_flat() && feed.is_steady(); }
    PxPoint seen(MmPoint page) const;
};

/// Draws a placement of the profile: turned, scaled, tilted under a pinhole camera, with a margin.
Placement place(const MmBox& card, const Profile& profile, double out_dpi, Rng& rng);

/// The page as the placement shows it, white beyond its edges.
GrayImage resample(const GrayImage& page, const Homography& page_to_raster,
                   const Placement& placement, MmPoint middle);

}  // namespace verso::scanner::lab

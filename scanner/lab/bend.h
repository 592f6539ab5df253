// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/geometry/shapes.h"
#include "scanner/lab/profile.h"
#include "scanner/lab/random.h"

namespace verso::scanner::lab {

/// How paper that does not lie flat shows: moved in its plane by the height of a slow curl under a
/// camera. In mm of the page. The default moves nothing. A value.
struct Curl {
    MmPoint camera{};               ///< the page point below the lens
    double distance = 1;            ///< of the lens, mm
    double height = 0;              ///< of the curl at its highest, mm
    double angle = 0;               ///< of the direction across the curl, radians
    double length = 1;              ///< of half a wave, mm
    double lean_x = 0, lean_y = 0;  ///< mm moved per mm of height, from the camera's tilt

    bool is_flat() const { return height == 0; }
    MmPoint seen(MmPoint page) const;
    /// The inverse of seen().
    MmPoint flat(MmPoint seen_at) const;
};

/// Rollers that turn faster or slower than the sensor thinks: moves along the rows of the picture.
/// In px. The default moves nothing. A value.
struct Feed {
    double stretch = 0;                     ///< share of the length, everywhere
    double band_from = 0, band_length = 0;  ///< where they slip
    double band_stretch = 0;

    bool is_steady() const { return stretch == 0 && band_stretch == 0; }
    double seen(double y) const;
    /// The inverse of seen().
    double steady(double y) const;
};

/// Draws a curl of the profile for a card, seen from `distance` mm with the given lean.
Curl draw_curl(const Profile& profile, const MmBox& card, double distance, double lean_x,
               double lean_y, Rng& rng);
/// Draws a feed of the profile for a picture `height` px high.
Feed draw_feed(const Profile& profile, double height, double px_per_mm, Rng& rng);

}  // namespace verso::scanner::lab

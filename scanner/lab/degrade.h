// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <string>

#include "core/card/card_layout.h"
#include "core/geometry/homography.h"
#include "scanner/image/gray_image.h"
#include "scanner/lab/profile.h"

namespace verso::scanner::lab {

/// A returned card as a picture, and the truth about where it lies.
struct Degraded {
    GrayImage image;
    Homography page_to_image;  ///< but for curls and uneven feeding, at most some millimetres
};

/// Cuts the card out of a rastered page and brings it back as the profile's machine sees it: one
/// resampling for all of the geometry, then paper, light, sensor and file in turn. `page_to_image`
/// says how `page` was rastered, `card` is the region to cut, in mm of the page. Print, marks and
/// what shows through are there already (print_effects.h, answer_sheet.h). The same seed, the same
/// picture. Requires: a page that is not empty, `out_dpi` of 50 to 1200. Thread-safe.
Degraded degrade(const GrayImage& page, const Homography& page_to_image, const ReadRegion& card,
                 const Profile& profile, double out_dpi, std::uint64_t seed);

/// The same with nothing known of what is on the card: dirt is not aimed at mark boxes.
Degraded degrade(const GrayImage& page, const Homography& page_to_image, const MmBox& card,
                 const Profile& profile, double out_dpi, std::uint64_t seed);

/// A returned card as the file that the machine writes: a group 4 TIFF when it is bilevel, else a
/// JPEG (quality 95 when the profile has none).
struct ScannedFile {
    std::string bytes;
    std::string_view extension;  ///< "jpg" or "tif"
    Homography page_to_image;
};

/// degrade() without decoding what the machine encoded.
ScannedFile scan_to_file(const GrayImage& page, const Homography& page_to_image,
                         const ReadRegion& card, const Profile& profile, double out_dpi,
                         std::uint64_t seed);

/// A page rastered at `dpi` from its top left corner.
Homography raster_map(double dpi);

}  // namespace verso::scanner::lab

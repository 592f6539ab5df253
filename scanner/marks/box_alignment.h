// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <vector>

#include "core/card/card_layout.h"
#include "scanner/registration/patch.h"
#include "scanner/registration/qr_points.h"

namespace verso::scanner {

/// One mark box, straightened, with the place where its printed outline really is.
struct AlignedBox {
    const MarkOption* option = nullptr;
    Patch patch;
    double shift_x = 0, shift_y = 0;  ///< mm by which the print is off the map there
    double outline = 0;  ///< darkness of the outline against both its sides; 0 when it is not seen
    /// One byte a pixel where a streak hides what is there (marks/card_lines.h); empty when
    /// nowhere.
    std::vector<std::uint8_t> hidden;
    bool own_shift = false;  ///< measured on this box; else taken from its neighbours

    /// The patch pixel of a page position of the layout.
    PxPoint to_pixel(MmPoint at) const {
        return patch.to_pixel({at.x + Mm{shift_x}, at.y + Mm{shift_y}});
    }
    /// The layout's page position that a patch pixel shows.
    MmPoint to_page(int x, int y) const {
        const MmPoint at = patch.to_page(x, y);
        return {at.x - Mm{shift_x}, at.y - Mm{shift_y}};
    }
};

/// How far a patch reaches beyond its box: what the scorer looks at, and the search for the print.
/// The next box begins 2 mm away.
inline constexpr Mm kPatchMargin{2.4};

/// Samples every mark box of the region, in layout order, and finds each printed outline within
/// 0.6 mm of where the map puts it. A box whose outline is hidden (filled, torn, streaked) gets the
/// shift of the boxes near it. Options must outlive the result.
std::vector<AlignedBox> align_boxes(const GrayImage& image, const Homography& map,
                                    const ReadRegion& region, const Tones& tones);

}  // namespace verso::scanner

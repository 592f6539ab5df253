// SPDX-License-Identifier: Apache-2.0
#include "generator/layout/picture_place.h"

#include <algorithm>

namespace verso::generator {

std::optional<MmBox> picture_box(const Picture& picture, const MmBox& place, bool natural_size) {
    // Half a millimetre: 4 x 6 inch labels are sold as 100 x 150 mm and the other way round.
    constexpr Mm kTolerance{0.5};
    if (picture.width <= Mm{0} || picture.height <= Mm{0}) return std::nullopt;
    const double fit = std::min(place.w / picture.width, place.h / picture.height);
    if (natural_size &&
        (picture.width > place.w + kTolerance || picture.height > place.h + kTolerance)) {
        return std::nullopt;
    }
    const double scale = natural_size ? 1 : fit;
    const Mm w = picture.width * scale, h = picture.height * scale;
    return MmBox{place.x + (place.w - w) / 2, place.y + (place.h - h) / 2, w, h};
}

}  // namespace verso::generator

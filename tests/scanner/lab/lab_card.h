// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <algorithm>
#include <cmath>
#include <fstream>
#include <iterator>
#include <string>

#include "core/card/card_layout.h"
#include "core/geometry/homography.h"
#include "scanner/image/gray_image.h"

// A plain page of the kept layout: fiducials black, everything else white.

namespace verso::scanner::lab {

inline ReadRegion lab_card() {
    std::ifstream in(std::string(VERSO_SOURCE_DIR) + "/tests/data/layouts/a4-fold-card.json");
    const auto layout = parse_layout(std::string{std::istreambuf_iterator<char>(in), {}});
    return layout.value().cards.at(0);
}

inline void fill_box(GrayImage& image, const Homography& map, const MmBox& box, std::uint8_t gray) {
    const PxPoint from = map.to_image({box.x, box.y}),
                  to = map.to_image({box.right(), box.bottom()});
    for (int y = int(std::lround(from.y.value)); y < int(std::lround(to.y.value)); ++y) {
        std::fill(image.row(y) + std::lround(from.x.value), image.row(y) + std::lround(to.x.value),
                  gray);
    }
}

inline GrayImage lab_page(const ReadRegion& card, const Homography& map, double dpi) {
    GrayImage page{int(210 * dpi / kMmPerInch), int(297 * dpi / kMmPerInch), dpi, {}};
    page.pixels.assign(std::size_t(page.width) * std::size_t(page.height), 255);
    for (const auto& box : card.fiducials) fill_box(page, map, box, 0);
    return page;
}

}  // namespace verso::scanner::lab

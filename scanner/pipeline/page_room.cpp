// SPDX-License-Identifier: Apache-2.0
#include "scanner/pipeline/page_room.h"

#include <algorithm>
#include <cmath>

namespace verso::scanner {

namespace {

double area(const std::array<PxPoint, 4>& corners) {
    double twice = 0;
    for (std::size_t i = 0; i < corners.size(); ++i) {
        const PxPoint a = corners[i], b = corners[(i + 1) % corners.size()];
        twice += a.x.value * b.y.value - b.x.value * a.y.value;
    }
    return std::abs(twice) / 2;
}

}  // namespace

bool is_inside(const std::array<PxPoint, 4>& corners, PxPoint at) {
    int left = 0, right = 0;
    for (std::size_t i = 0; i < corners.size(); ++i) {
        const PxPoint a = corners[i], b = corners[(i + 1) % corners.size()];
        const double side =
            (b.x - a.x).value * (at.y - a.y).value - (b.y - a.y).value * (at.x - a.x).value;
        (side > 0 ? left : right) += 1;
    }
    return left == 0 || right == 0;
}

bool is_taken(const PageFindings& found, PxPoint at) {
    return std::any_of(found.cards.begin(), found.cards.end(), [&](const CardCase& card) {
        return card.placed && is_inside(card.reading.corners, at);
    });
}

bool has_room(const PageContext& page, const PageFindings& found) {
    constexpr double kRoomForAnother = 0.4;  // of what the pieces found take
    double taken = 0;
    for (const auto& card : found.cards) taken += card.placed ? area(card.reading.corners) : 0;
    const double whole = double(page.image.width) * double(page.image.height);
    return whole - taken >= kRoomForAnother * taken;
}

}  // namespace verso::scanner

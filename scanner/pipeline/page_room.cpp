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

/// The one piece that is placed, when it is one.
const CardCase* only_piece(const PageFindings& found) {
    const CardCase* only = nullptr;
    for (const auto& card : found.cards) {
        if (!card.placed) continue;
        if (only != nullptr) return nullptr;
        only = &card;
    }
    return only;
}

/// Whether beside a piece that lies alone a strip is left that could hold another. The corners that
/// a turned piece leaves free are no room.
bool has_strip(const PageContext& page, const CardCase& card) {
    constexpr double kRoom = 0.6;  // of the piece's shorter side
    const auto& c = card.reading.corners;
    double left = 1e9, top = 1e9, right = -1e9, bottom = -1e9;
    for (const auto& at : c) {
        left = std::min(left, at.x.value), right = std::max(right, at.x.value);
        top = std::min(top, at.y.value), bottom = std::max(bottom, at.y.value);
    }
    const auto length = [](PxPoint a, PxPoint b) {
        return std::hypot((b.x - a.x).value, (b.y - a.y).value);
    };
    const double shorter = std::min(length(c[0], c[1]), length(c[1], c[2]));
    const double widest =
        std::max({left, top, double(page.image.width) - right, double(page.image.height) - bottom});
    return widest >= kRoom * shorter;
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
    if (const CardCase* only = only_piece(found); only != nullptr && !has_strip(page, *only)) {
        return false;
    }
    constexpr double kRoomForAnother = 0.4;  // of what the pieces found take
    double taken = 0;
    for (const auto& card : found.cards) taken += card.placed ? area(card.reading.corners) : 0;
    const double whole = double(page.image.width) * double(page.image.height);
    return whole - taken >= kRoomForAnother * taken;
}

}  // namespace verso::scanner

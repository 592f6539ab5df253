// SPDX-License-Identifier: Apache-2.0
#include "scanner/marks/box_zones.h"

#include <algorithm>
#include <cmath>
#include <numbers>

#include "scanner/marks/box_shape.h"

namespace verso::scanner {

namespace {

// Distances from the centre line of the outline, mm. The outline is 0.25 wide; blur, alignment to
// half a pixel and JPEG ringing spread it to about 0.35.
constexpr double kInside = 0.36;
constexpr double kOutlineHalf = 0.3;
constexpr double kRingFrom = 0.40, kRingTo = 1.10;
// A circle drawn round a box keeps this near; the next box begins at 2 mm.
constexpr double kRoundTo = 1.75;

BoxZones zones_of(const MarkOption& option, const Patch& patch, const ZoneInsets& insets) {
    BoxZones zones;
    zones.inset = insets.ink;
    const MmPoint centre = option.box.center();
    for (int y = 0; y < patch.height; ++y) {
        for (int x = 0; x < patch.width; ++x) {
            const MmPoint at = patch.to_page(x, y);
            const double distance = outline_distance(option, at);
            const int i = y * patch.width + x;
            if (distance <= -insets.ink) zones.inside.push_back(i);
            if (distance <= -insets.traces) zones.core.push_back(i);
            if (std::abs(distance) <= kOutlineHalf) zones.outline.push_back(i);
            if (distance < kRingFrom || distance > kRoundTo) continue;
            const double turn = std::atan2((at.y - centre.y).value, (at.x - centre.x).value) /
                                    (2 * std::numbers::pi) +
                                0.5;
            const auto sector = [&](int count) {
                return std::size_t(std::clamp(int(turn * count), 0, count - 1));
            };
            zones.round[sector(BoxZones::kRound)].push_back(i);
            if (distance > kRingTo) zones.far.push_back(i);
            if (distance <= kRingTo) zones.ring[sector(BoxZones::kRing)].push_back(i);
        }
    }
    return zones;
}

}  // namespace

ZoneInsets insets_for(const std::vector<AlignedBox>& boxes, double px_per_mm) {
    double sharpest = 0;
    for (const auto& box : boxes) sharpest = std::max(sharpest, box.outline);
    const double soft = 1 - std::min(1.0, sharpest);
    return {kInside + 0.35 * soft, 0.42 + 1.2 / std::max(1.0, px_per_mm) + 0.35 * soft};
}

const BoxZones& ZoneTable::of(const AlignedBox& box) {
    const MmBox& b = box.option->box;
    const Key key{int(box.option->shape), b.w.value, b.h.value, box.patch.width, box.patch.height};
    const auto it = zones_.find(key);
    if (it != zones_.end()) return it->second;
    return zones_.emplace(key, zones_of(*box.option, box.patch, insets_)).first->second;
}

BoxView::BoxView(const AlignedBox& b, const BoxZones& z) : box(b), zones(z) {
    const double px = b.patch.px_per_mm;
    move = int(std::lround(b.shift_y * px)) * b.patch.width + int(std::lround(b.shift_x * px));
}

std::vector<std::uint8_t> BoxView::mask(const std::vector<int>& zone) const {
    std::vector<std::uint8_t> out(box.patch.pixels.size());
    for (int i : zone) out[index(i)] = 1;
    return out;
}

}  // namespace verso::scanner

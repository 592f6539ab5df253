// SPDX-License-Identifier: Apache-2.0
#include "scanner/lab/scene.h"

#include <algorithm>
#include <utility>

namespace verso::scanner::lab {

PxPoint Scene::somewhere(double on_boxes, Rng& rng) const {
    constexpr double kAim = 2;  // mm by which a box is missed
    const bool aimed = rng.chance(on_boxes) && !boxes.empty();
    const double across = rng.in(0.1, 0.9), down = rng.in(0.1, 0.9);
    MmPoint at{card.x + card.w * across, card.y + card.h * down};
    if (aimed) {
        at = boxes.at(static_cast<std::size_t>(rng.below(static_cast<int>(boxes.size()))));
        at = at + MmPoint{Mm{rng.normal() * kAim}, Mm{rng.normal() * kAim}};
    }
    return page_to_image.to_image(at);
}

Scene make_scene(const Homography& page_to_image, const MmBox& card, std::vector<MmPoint> boxes) {
    Scene scene{page_to_image, card, std::move(boxes), page_to_image.scale_at(card.center())};
    const PxPoint first = page_to_image.to_image({card.x, card.y});
    double right = first.x.value, bottom = first.y.value;
    scene.x = right, scene.y = bottom;
    for (const MmPoint& corner : card.corners()) {
        const PxPoint p = page_to_image.to_image(corner);
        scene.x = std::min(scene.x, p.x.value), right = std::max(right, p.x.value);
        scene.y = std::min(scene.y, p.y.value), bottom = std::max(bottom, p.y.value);
    }
    scene.w = right - scene.x;
    scene.h = bottom - scene.y;
    return scene;
}

}  // namespace verso::scanner::lab

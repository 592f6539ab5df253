// SPDX-License-Identifier: Apache-2.0
#include "scanner/pipeline/likely_places.h"

#include <algorithm>
#include <cmath>

namespace verso::scanner {

namespace {

/// Where the QR is when the image is one card and nothing else, in any of its four orientations.
void add_likely_places(const ReadRegion& region, const GrayImage& image, std::vector<PxRect>& out) {
    constexpr double kSameShape = 0.1;  // of the aspect ratio: more is another kind of image
    constexpr double kSlack = 7;        // mm: a skewed or not quite tight crop
    const CodeRegion* code = region.find_code(CodeKind::Qr);
    if (code == nullptr) return;
    const double w = region.box.w.value, h = region.box.h.value;
    const MmBox box = code->box.grown(Mm{kSlack});
    const double left = (box.x - region.box.x).value / w, top = (box.y - region.box.y).value / h;
    const double wide = box.w.value / w, high = box.h.value / h;
    const auto add = [&](double x, double y, double across, double down) {
        const auto px = [](double share, int side) {
            return std::clamp(int(share * side), 0, side);
        };
        const int x0 = px(x, image.width), y0 = px(y, image.height);
        out.push_back({x0, y0, px(x + across, image.width) - x0, px(y + down, image.height) - y0});
    };
    const double aspect = double(image.width) / double(image.height);
    if (std::abs(aspect * h / w - 1) < kSameShape) {
        add(left, top, wide, high);
        add(1 - left - wide, 1 - top - high, wide, high);
    }
    if (std::abs(aspect * w / h - 1) < kSameShape) {
        add(1 - top - high, left, high, wide);
        add(top, 1 - left - wide, high, wide);
    }
}

}  // namespace

std::vector<PxRect> likely_places(const std::vector<const Layout*>& layouts,
                                  const GrayImage& image) {
    constexpr std::size_t kMost = 8;  // beyond that a search of everything costs less
    std::vector<PxRect> out;
    for (const Layout* layout : layouts) {
        for (const auto& region : layout->cards) {
            if (out.size() < kMost) add_likely_places(region, image, out);
        }
    }
    return out;
}

}  // namespace verso::scanner

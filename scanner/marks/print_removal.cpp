// SPDX-License-Identifier: Apache-2.0
#include "scanner/marks/print_removal.h"

#include <algorithm>
#include <cmath>
#include <utility>

#include "scanner/marks/box_shape.h"

namespace verso::scanner {

namespace {

// Boxes to learn from: one alone could hold a faint mark.
constexpr std::size_t kFewestBoxes = 2;

// mm: the outline itself is left as it is; only what it spreads inwards is print to take away, and
// no blur that can be read through spreads farther.
constexpr double kFromOutline = -0.2, kDeepest = -1.0;

bool alike(const AlignedBox& a, const AlignedBox& b) {
    const MmBox &p = a.option->box, &q = b.option->box;
    constexpr double kSameSize = 0.05;  // mm
    return a.option->shape == b.option->shape && a.patch.width == b.patch.width &&
           a.patch.height == b.patch.height && std::abs((p.w - q.w).value) < kSameSize &&
           std::abs((p.h - q.h).value) < kSameSize;
}

int shift_of(const AlignedBox& box) {
    const double px = box.patch.px_per_mm;
    return int(std::lround(box.shift_y * px)) * box.patch.width +
           int(std::lround(box.shift_x * px));
}

/// The pixels inside the outline, where the layout has the box.
std::vector<int> inside_of(const AlignedBox& box) {
    std::vector<int> out;
    for (int y = 0; y < box.patch.height; ++y) {
        for (int x = 0; x < box.patch.width; ++x) {
            const double distance = outline_distance(*box.option, box.patch.to_page(x, y));
            if (distance < kFromOutline && distance > kDeepest) {
                out.push_back(y * box.patch.width + x);
            }
        }
    }
    return out;
}

/// The lighter half's level: the paper of one box.
float paper_of(const Patch& patch) {
    std::vector<float> values = patch.pixels;
    const auto at = values.begin() + std::ptrdiff_t(values.size() * 3 / 4);
    std::nth_element(values.begin(), at, values.end());
    return *at;
}

void take_away(std::vector<AlignedBox*>& group, const std::vector<AlignedBox*>& blank) {
    std::vector<float> papers;
    for (const auto* box : blank) papers.push_back(paper_of(box->patch));
    std::vector<float> darker(blank.size());
    std::vector<std::pair<int, float>> print;
    for (int pixel : inside_of(*group.front())) {
        for (std::size_t i = 0; i < blank.size(); ++i) {
            const std::size_t at = std::size_t(pixel + shift_of(*blank[i]));
            darker[i] = papers[i] - blank[i]->patch.pixels[at];
        }
        const auto common = darker.begin() + std::ptrdiff_t((darker.size() - 1) / 2);
        std::nth_element(darker.begin(), common, darker.end());
        if (*common > 0) print.emplace_back(pixel, *common);
    }
    for (auto* box : group) {
        for (const auto& [pixel, dark] : print) {
            float& gray = box->patch.pixels[std::size_t(pixel + shift_of(*box))];
            gray = std::min(255.0F, gray + dark);
        }
    }
}

}  // namespace

void take_print_away(std::vector<AlignedBox>& boxes, const std::vector<bool>& blank) {
    std::vector<bool> done(boxes.size(), false);
    for (std::size_t i = 0; i < boxes.size(); ++i) {
        if (done[i]) continue;
        std::vector<AlignedBox*> group, learned_from;
        for (std::size_t j = i; j < boxes.size(); ++j) {
            if (done[j] || !alike(boxes[i], boxes[j])) continue;
            done[j] = true;
            group.push_back(&boxes[j]);
            if (blank.at(j)) learned_from.push_back(&boxes[j]);
        }
        if (learned_from.size() >= kFewestBoxes) take_away(group, learned_from);
    }
}

}  // namespace verso::scanner

// SPDX-License-Identifier: Apache-2.0
#include "scanner/sides/printed_boxes.h"

#include <algorithm>
#include <functional>

#include "scanner/marks/box_alignment.h"

namespace verso::scanner {

namespace {

// An outline is seen when it is this share as dark as the clear ones of the sheet: faint toner and
// blur hit all of them alike.
constexpr double kSeen = 0.4;
// Every sheet has a row of five reasons and a quantity; four of them show even when two are filled.
constexpr std::size_t kClearOnes = 4;
constexpr double kInkDarkness = 0.25;
constexpr double kInkShare = 0.02;

double clear_outline(const std::vector<AlignedBox>& boxes) {
    std::vector<double> outlines;
    for (const auto& box : boxes) outlines.push_back(box.outline);
    std::sort(outlines.begin(), outlines.end(), std::greater<>());
    if (outlines.empty()) return 0;
    return outlines[std::min(kClearOnes, outlines.size()) - 1];
}

/// Whether something dark is where the inside of the box would be.
bool is_inked(const AlignedBox& box, const Tones& tones) {
    std::vector<float> grays = box.patch.pixels;
    const auto light = grays.begin() + std::ptrdiff_t(grays.size() * 4 / 5);
    std::nth_element(grays.begin(), light, grays.end());
    const double edge = double(*light) - kInkDarkness * tones.contrast();
    const MmBox inside = box.option->box.grown(Mm{-0.4});
    int seen = 0, dark = 0;
    for (int y = 0; y < box.patch.height; ++y) {
        for (int x = 0; x < box.patch.width; ++x) {
            if (!inside.contains(box.patch.to_page(x, y))) continue;
            ++seen;
            dark += double(box.patch.at(x, y)) < edge ? 1 : 0;
        }
    }
    return dark > kInkShare * seen;
}

}  // namespace

PrintedBoxes find_printed_boxes(const GrayImage& image, const Homography& map,
                                const ReadRegion& region, const Tones& tones) {
    const auto boxes = align_boxes(image, map, region, tones);
    const double seen = kSeen * clear_outline(boxes);
    PrintedBoxes out{region, {}};
    out.region.questions.clear();
    auto box = boxes.begin();
    for (const auto& question : region.questions) {
        const auto end = box + std::ptrdiff_t(question.options.size());
        const auto is_seen = [&](const AlignedBox& b) { return b.outline >= seen; };
        const auto last =
            std::find_if(std::make_reverse_iterator(end), std::make_reverse_iterator(box), is_seen)
                .base();
        Question kept{question.id, question.kind, {}};
        for (auto it = box; it != end; ++it) {
            const bool printed = it < last;
            if (!printed && !is_inked(*it, tones)) continue;
            kept.options.push_back(*it->option);
            out.sure.push_back(printed);
        }
        if (!kept.options.empty()) out.region.questions.push_back(std::move(kept));
        box = end;
    }
    return out;
}

}  // namespace verso::scanner

// SPDX-License-Identifier: Apache-2.0
#include "scanner/marks/box_alignment.h"

#include <algorithm>
#include <cmath>

#include "scanner/marks/box_shape.h"

namespace verso::scanner {

namespace {

constexpr double kPxPerMm = 8;        // 0.125 mm: a pen stroke is 2 to 6 pixels wide
constexpr int kSearchPixels = 5;      // 0.6 mm
constexpr double kBandOffset = 0.45;  // mm from the outline to the bands that it is compared with
constexpr double kSampleStep = 0.25;  // mm along the outline

struct PixelOffsets {
    std::vector<int> line, inner, outer;
};

std::vector<int> offsets_of(const Patch& patch, const std::vector<MmPoint>& points) {
    std::vector<int> out;
    out.reserve(points.size());
    for (const auto& point : points) {
        const PxPoint at = patch.to_pixel(point);
        out.push_back(int(std::lround(at.y.value)) * patch.width + int(std::lround(at.x.value)));
    }
    return out;
}

double mean_gray(const Patch& patch, const std::vector<int>& offsets, int shift) {
    float sum = 0;
    for (int offset : offsets) sum += patch.pixels[std::size_t(offset + shift)];
    return sum / double(std::max<std::size_t>(1, offsets.size()));
}

/// Gray steps by which the outline is darker than the bands on both its sides.
double outline_step(const Patch& patch, const PixelOffsets& at, int dx, int dy) {
    const int shift = dy * patch.width + dx;
    return (mean_gray(patch, at.inner, shift) + mean_gray(patch, at.outer, shift)) / 2 -
           mean_gray(patch, at.line, shift);
}

struct Place {
    int dx = 0, dy = 0;
    double step = -1e9;
};

Place best_place(const Patch& patch, const PixelOffsets& at) {
    Place best;
    const auto consider = [&](int dx, int dy) {
        if (std::abs(dx) > kSearchPixels || std::abs(dy) > kSearchPixels) return;
        const double step = outline_step(patch, at, dx, dy);
        if (step > best.step) best = {dx, dy, step};
    };
    for (int dy = -4; dy <= 4; dy += 2) {
        for (int dx = -4; dx <= 4; dx += 2) consider(dx, dy);
    }
    const Place coarse = best;
    for (int dy = -1; dy <= 1; ++dy) {
        for (int dx = -1; dx <= 1; ++dx) consider(coarse.dx + dx, coarse.dy + dy);
    }
    return best;
}

AlignedBox align(const GrayImage& image, const Homography& map, const MarkOption& option,
                 const Tones& tones) {
    AlignedBox out;
    out.option = &option;
    out.patch = sample_patch(image, map, option.box.grown(kPatchMargin), kPxPerMm);
    const PixelOffsets at{offsets_of(out.patch, outline_points(option, 0, kSampleStep)),
                          offsets_of(out.patch, outline_points(option, -kBandOffset, kSampleStep)),
                          offsets_of(out.patch, outline_points(option, kBandOffset, kSampleStep))};
    const Place place = best_place(out.patch, at);
    out.shift_x = place.dx / kPxPerMm;
    out.shift_y = place.dy / kPxPerMm;
    out.outline = std::max(0.0, place.step / tones.contrast());
    return out;
}

double median(std::vector<double> values) {
    if (values.empty()) return 0;
    const auto middle = values.begin() + std::ptrdiff_t(values.size() / 2);
    std::nth_element(values.begin(), middle, values.end());
    return *middle;
}

double distance(const AlignedBox& a, const AlignedBox& b) {
    const MmPoint p = a.option->box.center(), q = b.option->box.center();
    return std::hypot((p.x - q.x).value, (p.y - q.y).value);
}

struct Shift {
    double x, y;
    double away;  ///< mm to the boxes that it is taken from, on the whole
};

/// Median shift of the nearest boxes whose outline is as clear as on this card usual.
Shift shift_nearby(const std::vector<AlignedBox>& boxes, const AlignedBox& box, double clear) {
    constexpr std::size_t kNeighbours = 6;
    std::vector<const AlignedBox*> near;
    for (const auto& other : boxes) {
        if (&other != &box && other.outline >= clear) near.push_back(&other);
    }
    std::sort(near.begin(), near.end(), [&](const AlignedBox* a, const AlignedBox* b) {
        return distance(*a, box) < distance(*b, box);
    });
    if (near.size() > kNeighbours) near.resize(kNeighbours);
    std::vector<double> x, y, away;
    for (const auto* other : near) {
        x.push_back(other->shift_x);
        y.push_back(other->shift_y);
        away.push_back(distance(*other, box));
    }
    return {median(x), median(y), median(away)};
}

}  // namespace

std::vector<AlignedBox> align_boxes(const GrayImage& image, const Homography& map,
                                    const ReadRegion& region, const Tones& tones) {
    // mm that a box may be off its neighbours: more than feed stretch does between two boxes, and
    // what a photo's curl adds for each mm that they are apart.
    constexpr double kFarOff = 0.3, kFarOffPerMm = 0.008;
    std::vector<AlignedBox> boxes;
    std::vector<double> outlines;
    for (const auto& question : region.questions) {
        for (const auto& option : question.options) {
            boxes.push_back(align(image, map, option, tones));
            outlines.push_back(boxes.back().outline);
        }
    }
    const double clear = median(outlines) * 0.6;
    std::vector<Shift> nearby;
    for (const auto& box : boxes) nearby.push_back(shift_nearby(boxes, box, clear));
    for (std::size_t i = 0; i < boxes.size(); ++i) {
        auto& box = boxes[i];
        box.own_shift = box.outline >= clear &&
                        std::hypot(box.shift_x - nearby[i].x, box.shift_y - nearby[i].y) <=
                            kFarOff + kFarOffPerMm * nearby[i].away;
        if (box.own_shift) continue;
        box.shift_x = nearby[i].x;
        box.shift_y = nearby[i].y;
    }
    return boxes;
}

}  // namespace verso::scanner

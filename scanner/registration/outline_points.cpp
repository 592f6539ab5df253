// SPDX-License-Identifier: Apache-2.0
#include "scanner/registration/outline_points.h"

#include <algorithm>
#include <cmath>
#include <optional>

#include "scanner/marks/box_shape.h"
#include "scanner/registration/patch.h"

namespace verso::scanner {

namespace {

constexpr double kBandOffset = 0.5;  // mm from the outline to the bands that it is compared with
constexpr double kSampleStep = 0.4;  // mm along the outline
constexpr double kWeight = 0.2;      // of a point: one outline is right to 0.1 mm
constexpr double kLeastStep = 0.12;  // of the print's contrast, by which an outline stands out

struct Offsets {
    std::vector<int> line, bands;
};

Offsets offsets_of(const Patch& patch, const MarkOption& option) {
    const auto add = [&](double grown, std::vector<int>& out) {
        for (const auto& point : outline_points(option, grown, kSampleStep)) {
            const PxPoint at = patch.to_pixel(point);
            out.push_back(int(std::lround(at.y.value)) * patch.width +
                          int(std::lround(at.x.value)));
        }
    };
    Offsets out;
    add(0, out.line);
    add(-kBandOffset, out.bands);
    add(kBandOffset, out.bands);
    return out;
}

double mean_at(const Patch& patch, const std::vector<int>& offsets, int shift) {
    float sum = 0;
    for (int offset : offsets) sum += patch.pixels[std::size_t(offset + shift)];
    return double(sum) / double(offsets.size());
}

struct Place {
    double dx = 0, dy = 0, step = -1e9;  ///< px, gray steps
};

/// The vertex of the parabola through three values, from -0.5 to 0.5.
double vertex(double before, double at, double after) {
    const double bend = before - 2 * at + after;
    return bend < 0 ? std::clamp((before - after) / (2 * bend), -0.5, 0.5) : 0;
}

std::optional<Place> best_place(const Patch& patch, const Offsets& offsets, int reach) {
    const int side = 2 * reach + 1;
    std::vector<double> steps(std::size_t(side) * std::size_t(side));
    for (int dy = -reach; dy <= reach; ++dy) {
        for (int dx = -reach; dx <= reach; ++dx) {
            const int shift = dy * patch.width + dx;
            steps[std::size_t((dy + reach) * side + dx + reach)] =
                mean_at(patch, offsets.bands, shift) - mean_at(patch, offsets.line, shift);
        }
    }
    const auto best = std::max_element(steps.begin(), steps.end());
    const int at = int(best - steps.begin()), x = at % side, y = at / side;
    // at the rim of the search it may be something else that only begins there
    if (x == 0 || y == 0 || x == side - 1 || y == side - 1) return std::nullopt;
    return Place{x - reach + vertex(*(best - 1), *best, *(best + 1)),
                 y - reach + vertex(*(best - side), *best, *(best + side)), *best};
}

std::optional<PointPair> find_outline(const GrayImage& image, const Homography& map,
                                      const MarkOption& option, const Tones& tones, Mm reach) {
    const double px_per_mm = reach > Mm{1.5} ? 4 : 6;
    const Mm margin = reach + Mm{kBandOffset + 0.5};
    const Patch patch = sample_patch(image, map, option.box.grown(margin), px_per_mm, 3);
    if (patch.off_image > 0.5) return std::nullopt;
    const int pixels = int(std::lround(reach.value * px_per_mm));
    const auto place = best_place(patch, offsets_of(patch, option), pixels);
    if (!place || place->step < kLeastStep * tones.contrast()) return std::nullopt;
    const MmPoint middle = option.box.center();
    const MmPoint seen{middle.x + Mm{place->dx / px_per_mm}, middle.y + Mm{place->dy / px_per_mm}};
    return PointPair{middle, map.to_image(seen), kWeight};
}

}  // namespace

std::vector<PointPair> find_outlines(const GrayImage& image, const Homography& map,
                                     const ReadRegion& region, const Tones& tones, Mm reach,
                                     const std::function<bool(MmPoint)>& wanted) {
    std::vector<PointPair> out;
    for (const auto& question : region.questions) {
        for (const auto& option : question.options) {
            if (wanted && !wanted(option.box.center())) continue;
            const auto found = find_outline(image, map, option, tones, reach);
            if (found) out.push_back(*found);
        }
    }
    return out;
}

bool prints_all_boxes(const ReadRegion& region) {
    return region.find_question(kOverallQuestion) != nullptr;
}

int box_count(const ReadRegion& region) {
    int count = 0;
    for (const auto& question : region.questions) count += int(question.options.size());
    return count;
}

}  // namespace verso::scanner

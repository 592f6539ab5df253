// SPDX-License-Identifier: Apache-2.0
#include "scanner/registration/fiducial_finder.h"

#include <algorithm>
#include <cmath>
#include <vector>

namespace verso::scanner {

namespace {

/// Sums of darkness, clipped to 0..1, over any upright rectangle of a patch.
class DarknessSum {
  public:
    DarknessSum(const Patch& patch, const Tones& tones)
        : stride_(std::size_t(patch.width) + 1),
          sums_(stride_ * (std::size_t(patch.height) + 1), 0) {
        for (int y = 0; y < patch.height; ++y) {
            double row = 0;
            for (int x = 0; x < patch.width; ++x) {
                row += std::clamp(tones.darkness(patch.at(x, y)), 0.0, 1.0);
                sums_[index(x + 1, y + 1)] = sums_[index(x + 1, y)] + row;
            }
        }
    }
    double over(int x, int y, int w, int h) const {
        return sums_[index(x + w, y + h)] - sums_[index(x, y + h)] - sums_[index(x + w, y)] +
               sums_[index(x, y)];
    }

  private:
    std::size_t index(int x, int y) const { return std::size_t(y) * stride_ + std::size_t(x); }
    std::size_t stride_;
    std::vector<double> sums_;
};

/// Where a dark square of `side` pixels with a light frame of `frame` pixels stands out most.
std::optional<MmPoint> coarse_place(const Patch& patch, const Tones& tones, int side, int frame) {
    // A fiducial printed at 40 % toner and blurred at 150 dpi scores above 0.5 here in the lab;
    // text, rules and mark boxes stay below 0.35.
    constexpr double kLeastScore = 0.45;
    const DarknessSum sums(patch, tones);
    const int outer = side + 2 * frame;
    double best = kLeastScore;
    std::optional<MmPoint> place;
    for (int y = 0; y + outer <= patch.height; ++y) {
        for (int x = 0; x + outer <= patch.width; ++x) {
            const double inside = sums.over(x + frame, y + frame, side, side);
            const double around = sums.over(x, y, outer, outer) - inside;
            const double score =
                inside / (side * side) - around / double(outer * outer - side * side);
            if (score > best) {
                best = score;
                const double middle = (outer - 1) / 2.0;
                place = patch.to_page(x + middle, y + middle);
            }
        }
    }
    return place;
}

/// The first crossing to light when walking from the middle outwards; negative when there is none.
double crossing(const Patch& patch, double threshold, int line, bool horizontal, int direction) {
    const int length = horizontal ? patch.width : patch.height;
    const auto value = [&](int i) {
        return double(horizontal ? patch.at(i, line) : patch.at(line, i));
    };
    int i = length / 2;
    if (value(i) > threshold) return -1;
    for (; i + direction >= 0 && i + direction < length; i += direction) {
        const double here = value(i), next = value(i + direction);
        if (next > threshold) return i + direction * (threshold - here) / (next - here);
    }
    return -1;
}

/// Median of the crossings over the middle part of one side; nothing when most lines have none.
std::optional<double> edge_place(const Patch& patch, double threshold, bool horizontal,
                                 int direction, int half_span) {
    const int middle = (horizontal ? patch.height : patch.width) / 2;
    std::vector<double> found;
    for (int line = middle - half_span; line <= middle + half_span; ++line) {
        const double at = crossing(patch, threshold, line, horizontal, direction);
        if (at >= 0) found.push_back(at);
    }
    if (int(found.size()) < half_span) return std::nullopt;
    std::nth_element(found.begin(), found.begin() + std::ptrdiff_t(found.size() / 2), found.end());
    return found[found.size() / 2];
}

struct EdgeFit {
    MmPoint top_left, bottom_right;  ///< page mm by the map so far

    double width() const { return (bottom_right.x - top_left.x).value; }
    double height() const { return (bottom_right.y - top_left.y).value; }
};

std::optional<EdgeFit> fit_edges(const Patch& patch, const Tones& tones, double side_mm) {
    const double threshold = (tones.paper + tones.black) / 2;
    const int half_span = int(side_mm * 0.38 * patch.px_per_mm);  // leaves rounded corners out
    const auto left = edge_place(patch, threshold, true, -1, half_span);
    const auto right = edge_place(patch, threshold, true, 1, half_span);
    const auto top = edge_place(patch, threshold, false, -1, half_span);
    const auto bottom = edge_place(patch, threshold, false, 1, half_span);
    if (!left || !right || !top || !bottom) return std::nullopt;
    return EdgeFit{patch.to_page(*left, *top), patch.to_page(*right, *bottom)};
}

/// Tones of the square itself: toner and light differ over a page.
Tones local_tones(const Patch& patch, const Tones& fallback) {
    const int cx = patch.width / 2, cy = patch.height / 2;
    double dark = 0;
    int count = 0;
    for (int y = cy - 5; y <= cy + 5; ++y) {
        for (int x = cx - 5; x <= cx + 5; ++x, ++count) dark += patch.at(x, y);
    }
    std::vector<float> edge;
    for (int x = 0; x < patch.width; ++x) {
        edge.push_back(patch.at(x, 0));
        edge.push_back(patch.at(x, patch.height - 1));
    }
    std::nth_element(edge.begin(), edge.begin() + std::ptrdiff_t(edge.size() * 3 / 4), edge.end());
    const Tones local{edge[edge.size() * 3 / 4], dark / count};
    return local.contrast() > fallback.contrast() / 4 ? local : fallback;
}

}  // namespace

std::optional<FoundFiducial> find_fiducial(const GrayImage& image, const Homography& map,
                                           const Tones& tones, const MmBox& box, Mm reach,
                                           double tolerance) {
    constexpr double kCoarse = 2.8, kFine = 10;  // px per mm
    constexpr double kFrame = 0.8,
                     kFineMargin = 1.2;  // mm; the quiet space round a fiducial is 1.5
    const double side = box.w.value;
    const Patch window = sample_patch(image, map, box.grown(reach + Mm{kFrame}), kCoarse, 2);
    const auto rough = coarse_place(window, tones, int(std::lround(side * kCoarse)),
                                    int(std::lround(kFrame * kCoarse)));
    if (!rough) return std::nullopt;
    const Mm half{side / 2 + kFineMargin};
    const Patch close =
        sample_patch(image, map, {rough->x - half, rough->y - half, half * 2, half * 2}, kFine);
    const auto fit = fit_edges(close, local_tones(close, tones), side);
    if (!fit) return std::nullopt;
    if (std::abs(fit->width() - side) > side * tolerance ||
        std::abs(fit->height() - side) > side * tolerance) {
        return std::nullopt;
    }
    const MmBox seen{fit->top_left.x, fit->top_left.y, Mm{fit->width()}, Mm{fit->height()}};
    FoundFiducial out{{box.center(), map.to_image(seen.center()), 1.0}, {}};
    const auto page = box.corners(), at = seen.corners();
    for (std::size_t i = 0; i < 4; ++i) out.corners[i] = {page[i], map.to_image(at[i]), 1.0};
    return out;
}

}  // namespace verso::scanner

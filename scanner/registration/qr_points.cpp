// SPDX-License-Identifier: Apache-2.0
#include "scanner/registration/qr_points.h"

#include <algorithm>
#include <cmath>
#include <vector>

#include "scanner/registration/patch.h"

namespace verso::scanner {

namespace {

constexpr double kPatchPxPerMm = 8;    // 4 to 5 pixels a module
constexpr double kFinderCentre = 3.5;  // modules from the symbol's edge (ISO/IEC 18004, 6.3.3)

/// Centres of the finders in page mm: top left, top right, bottom left of the box, and the corner
/// without one left out.
std::array<MmPoint, 3> finder_centres(const MmBox& box, int turn, int modules) {
    const Mm inset = box.w * (kFinderCentre / modules);
    const auto corners = box.grown(-inset).corners();
    std::array<MmPoint, 3> out{};
    std::size_t filled = 0;
    for (std::size_t i = 0; i < 4; ++i) {
        const bool bare = int(i) == (2 + turn) % 4;
        if (!bare) out.at(filled++) = corners[i];
    }
    return out;
}

/// True where a finder pattern is dark, by the larger distance from its centre in modules.
bool is_dark_ring(int distance) { return distance <= 1 || distance == 3; }

/// Mean gray of the light modules minus the dark ones, over the 7x7 modules of each finder.
double finder_contrast(const Patch& patch, const std::array<MmPoint, 3>& centres, double module) {
    double light = 0, dark = 0;
    int lights = 0, darks = 0;
    for (const auto& centre : centres) {
        for (int v = -3; v <= 3; ++v) {
            for (int u = -3; u <= 3; ++u) {
                const PxPoint at =
                    patch.to_pixel({centre.x + Mm{u * module}, centre.y + Mm{v * module}});
                const int x = std::clamp(int(std::lround(at.x.value)), 0, patch.width - 1);
                const int y = std::clamp(int(std::lround(at.y.value)), 0, patch.height - 1);
                const bool is_dark = is_dark_ring(std::max(std::abs(u), std::abs(v)));
                (is_dark ? dark : light) += patch.at(x, y);
                ++(is_dark ? darks : lights);
            }
        }
    }
    return light / lights - dark / darks;
}

/// Mean gray of the pixels within `reach` of a point.
double mean_around(const Patch& patch, MmPoint centre, double reach) {
    const PxPoint at = patch.to_pixel(centre);
    const int r = std::max(0, int(reach * patch.px_per_mm));
    double sum = 0;
    int count = 0;
    for (int y = int(at.y.value) - r; y <= int(at.y.value) + r; ++y) {
        for (int x = int(at.x.value) - r; x <= int(at.x.value) + r; ++x) {
            if (x < 0 || y < 0 || x >= patch.width || y >= patch.height) continue;
            sum += patch.at(x, y);
            ++count;
        }
    }
    return count > 0 ? sum / count : 0;
}

Tones tones_of(const Patch& patch, const std::array<MmPoint, 3>& centres, double module) {
    std::vector<double> blacks, papers;
    for (const auto& centre : centres) {
        blacks.push_back(mean_around(patch, centre, module * 0.7));
        for (int side : {-1, 1}) {
            papers.push_back(mean_around(patch, {centre.x + Mm{side * 2 * module}, centre.y}, 0.0));
            papers.push_back(mean_around(patch, {centre.x, centre.y + Mm{side * 2 * module}}, 0.0));
        }
    }
    std::sort(blacks.begin(), blacks.end());
    std::sort(papers.begin(), papers.end());
    return {papers[papers.size() / 2], blacks[1]};
}

/// The centroid of the dark 3x3 core, weighted by darkness, inside its light ring.
std::optional<MmPoint> core_centroid(const Patch& patch, MmPoint start, double module,
                                     const Tones& tones) {
    constexpr int kRounds = 3;
    constexpr double kReach = 2.1;  // modules: ends inside the light ring from 1.5 to 2.5
    const double reach = kReach * module * patch.px_per_mm;
    PxPoint at = patch.to_pixel(start);
    for (int round = 0; round < kRounds; ++round) {
        double mass = 0, sum_x = 0, sum_y = 0;
        for (int y = int(std::ceil(at.y.value - reach)); y <= int(at.y.value + reach); ++y) {
            for (int x = int(std::ceil(at.x.value - reach)); x <= int(at.x.value + reach); ++x) {
                if (x < 0 || y < 0 || x >= patch.width || y >= patch.height) return std::nullopt;
                const double dark = std::clamp(tones.darkness(patch.at(x, y)), 0.0, 1.0);
                if (dark < 0.2) continue;
                mass += dark;
                sum_x += dark * x;
                sum_y += dark * y;
            }
        }
        if (mass < 1) return std::nullopt;
        at = {Px{sum_x / mass}, Px{sum_y / mass}};
    }
    const MmPoint found = patch.to_page(at.x.value, at.y.value);
    const double moved = std::hypot((found.x - start.x).value, (found.y - start.y).value);
    if (moved > 1.5 * module) return std::nullopt;
    return found;
}

}  // namespace

std::optional<QrPoints> measure_qr(const GrayImage& image, const Homography& rough,
                                   const MmBox& box, int turn) {
    constexpr double kLeastContrast = 20;  // gray steps; a symbol that decoded has more
    const Patch patch = sample_patch(image, rough, box.grown(Mm{1.5}), kPatchPxPerMm);
    int best_modules = 0;
    double best = kLeastContrast;
    for (int modules = 21; modules <= 57; modules += 4) {
        const double contrast =
            finder_contrast(patch, finder_centres(box, turn, modules), box.w.value / modules);
        if (contrast > best) {
            best = contrast;
            best_modules = modules;
        }
    }
    if (best_modules == 0) return std::nullopt;
    const double module = box.w.value / best_modules;
    const auto centres = finder_centres(box, turn, best_modules);
    QrPoints points;
    points.modules = best_modules;
    points.tones = tones_of(patch, centres, module);
    if (points.tones.contrast() < kLeastContrast) return std::nullopt;
    for (std::size_t i = 0; i < centres.size(); ++i) {
        const auto found = core_centroid(patch, centres[i], module, points.tones);
        if (!found) return std::nullopt;
        points.finders[i] = {centres[i], rough.to_image(*found), 1.0};
    }
    return points;
}

}  // namespace verso::scanner

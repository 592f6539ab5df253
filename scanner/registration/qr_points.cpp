// SPDX-License-Identifier: Apache-2.0
#include "scanner/registration/qr_points.h"

#include <algorithm>
#include <cmath>
#include <vector>

#include "scanner/registration/image_probe.h"
#include "scanner/registration/patch.h"
#include "scanner/registration/symbol_grid.h"

namespace verso::scanner {

namespace {

constexpr double kPatchPxPerModule = 4;
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
double finder_contrast(const GrayImage& image, const Homography& map,
                       const std::array<MmPoint, 3>& centres, double module) {
    double light = 0, dark = 0;
    int lights = 0, darks = 0;
    for (const auto& centre : centres) {
        for (int v = -3; v <= 3; ++v) {
            for (int u = -3; u <= 3; ++u) {
                const MmPoint at{centre.x + Mm{u * module}, centre.y + Mm{v * module}};
                const bool is_dark = is_dark_ring(std::max(std::abs(u), std::abs(v)));
                (is_dark ? dark : light) += probe(image, map.to_image(at));
                ++(is_dark ? darks : lights);
            }
        }
    }
    return light / lights - dark / darks;
}

/// The finders' cores are the surest print and the rings round them the surest paper.
Tones tones_of(const GrayImage& image, const Homography& map, const std::array<MmPoint, 3>& centres,
               double module) {
    const auto gray = [&](MmPoint at, double u, double v) {
        return double(probe(image, map.to_image({at.x + Mm{u * module}, at.y + Mm{v * module}})));
    };
    std::vector<double> blacks, papers;
    for (const auto& centre : centres) {
        double core = 0;
        for (double v : {-0.6, 0.0, 0.6}) {
            for (double u : {-0.6, 0.0, 0.6}) core += gray(centre, u, v) / 9;
        }
        blacks.push_back(core);
        for (int side : {-2, 2}) {
            papers.push_back(gray(centre, side, 0));
            papers.push_back(gray(centre, 0, side));
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

/// The decoder's corners are right to about half a module; the finder patterns correct that.
struct Finders {
    std::array<PointPair, 3> centres;
    Homography map;  ///< the rough one, moved to them
};

std::optional<Finders> find_cores(const GrayImage& image, const Homography& rough, const MmBox& box,
                                  const std::array<MmPoint, 3>& centres, double module,
                                  const Tones& tones) {
    constexpr double kReach = 4.2;  // modules: the core and as far as it may be off
    Finders out;
    std::array<PointPair, 3> on_page{};
    for (std::size_t i = 0; i < centres.size(); ++i) {
        const Mm half{kReach * module};
        const Patch patch = sample_patch(
            image, rough, {centres[i].x - half, centres[i].y - half, half * 2, half * 2},
            kPatchPxPerModule / module, 1);
        const auto found = core_centroid(patch, centres[i], module, tones);
        if (!found) return std::nullopt;
        out.centres[i] = {centres[i], rough.to_image(*found), 1.0};
        on_page[i] = {centres[i], {Px{found->x.value}, Px{found->y.value}}, 1.0};
    }
    const auto moved = fit_affine(on_page);  // page to page
    if (!moved) return std::nullopt;
    std::array<PointPair, 4> corners{};
    const auto square = box.corners();
    for (std::size_t i = 0; i < 4; ++i) {
        const PxPoint at = moved->to_image(square[i]);
        corners[i] = {square[i], rough.to_image({Mm{at.x.value}, Mm{at.y.value}}), 1.0};
    }
    const auto map = fit_homography(corners);
    if (!map) return std::nullopt;
    out.map = *map;
    return out;
}

}  // namespace

std::optional<QrPoints> measure_qr(const GrayImage& image, const Homography& rough,
                                   const MmBox& box, int turn) {
    constexpr double kLeastContrast = 20;  // gray steps; a symbol that decoded has more
    constexpr double kLeastSeen = 0.4;     // of the edges: below that the grid is not believed
    if (image.width < 2 || image.height < 2) return std::nullopt;
    int best_modules = 0;
    double best = kLeastContrast;
    for (int modules = 21; modules <= 57; modules += 4) {
        const double contrast = finder_contrast(image, rough, finder_centres(box, turn, modules),
                                                box.w.value / modules);
        if (contrast > best) {
            best = contrast;
            best_modules = modules;
        }
    }
    if (best_modules == 0) return std::nullopt;
    const double module = box.w.value / best_modules;
    const auto centres = finder_centres(box, turn, best_modules);
    QrPoints out;
    out.modules = best_modules;
    out.tones = tones_of(image, rough, centres, module);
    if (out.tones.contrast() < kLeastContrast) return std::nullopt;
    const auto finders = find_cores(image, rough, box, centres, module, out.tones);
    const auto grid = measure_grid(image, finders ? finders->map : rough, box, best_modules);
    if (grid && grid->edges_seen >= kLeastSeen) {
        out.points.assign(grid->corners.begin(), grid->corners.end());
        out.blur_mm = grid->blur_mm;
    } else if (finders) {
        out.points.assign(finders->centres.begin(), finders->centres.end());
    } else {
        return std::nullopt;
    }
    return out;
}

}  // namespace verso::scanner

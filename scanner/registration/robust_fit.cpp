// SPDX-License-Identifier: Apache-2.0
#include "scanner/registration/robust_fit.h"

#include <algorithm>
#include <array>
#include <bit>
#include <cmath>
#include <numeric>

#include "scanner/registration/plane_fit.h"

namespace verso::scanner {

namespace {

// Residuals in mm on the paper. Clean synthetic cards at 150 to 600 dpi stay below 0.12 with an
// affine map; a fiducial that was taken for another dark square is off by 0.5 and more.
constexpr double kAffineIsGood = 0.15;
constexpr double kSuspicious = 0.3;
// An affine map has 6 unknowns, each point gives 2 equations. With fewer points than this the
// residual would say nothing.
constexpr std::size_t kLeastAfterLeavingOut = 4;

struct Candidate {
    Homography map;
    double worst = 0;
};

double residual_mm(const Homography& map, const PointPair& pair) {
    const double scale = map.scale_at(pair.page);
    return scale > 0 ? residual(map, pair) / scale : 1e9;
}

double worst_of(const Homography& map, std::span<const PointPair> points) {
    double worst = 0;
    for (const auto& pair : points) {
        // a light point is a coarse one: half of its residual is its own
        const double r = residual_mm(map, pair) * (pair.weight < 0.3 ? 0.5 : 1.0);
        worst = std::isfinite(r) ? std::max(worst, r) : 1e9;
    }
    return worst;
}

std::optional<Candidate> simplest_map(std::span<const PointPair> points) {
    const auto affine = fit_affine(points);
    if (!affine) return std::nullopt;
    Candidate best{*affine, worst_of(*affine, points)};
    if (best.worst <= kAffineIsGood) return best;
    if (const auto tilted = fit_plane(points)) {
        const double worst = worst_of(tilted->map(), points);
        if (worst < best.worst) best = {tilted->map(), worst};
    }
    return best;
}

/// What remains when the landmarks in `out` (bit by index) are left out.
std::vector<PointPair> without(std::span<const PointPair> points, std::span<const int> index_of,
                               unsigned out) {
    std::vector<PointPair> rest;
    for (std::size_t i = 0; i < points.size(); ++i) {
        if ((out >> index_of[i] & 1U) == 0) rest.push_back(points[i]);
    }
    return rest;
}

/// Landmarks as 0, 1, 2 … in order of appearance.
struct Numbering {
    std::vector<int> index_of;
    int count = 0;

    explicit Numbering(std::span<const int> landmarks) {
        std::vector<int> names;
        for (int name : landmarks) {
            const auto it = std::find(names.begin(), names.end(), name);
            index_of.push_back(int(it - names.begin()));
            if (it == names.end()) names.push_back(name);
        }
        count = int(names.size());
    }
};

struct Choice {
    Candidate fit;
    unsigned out = 0;
};

/// The best fit with exactly `leave` landmarks left out.
std::optional<Choice> best_without(std::span<const PointPair> points, const Numbering& numbering,
                                   int leave) {
    std::optional<Choice> best;
    for (unsigned out = 0; out < 1U << numbering.count; ++out) {
        if (std::popcount(out) != leave) continue;
        const auto rest = without(points, numbering.index_of, out);
        if (rest.size() < kLeastAfterLeavingOut) continue;
        const auto fit = simplest_map(rest);
        if (fit && (!best || fit->worst < best->fit.worst)) best = Choice{*fit, out};
    }
    return best;
}

RobustFit finished(std::span<const PointPair> points, const Homography& map) {
    RobustFit out{map, {}, {}, 0};
    for (const auto& pair : points) out.residual_mm.push_back(residual_mm(map, pair));
    out.used.assign(points.size(), true);
    return out;
}

RobustFit finished(std::span<const PointPair> points, const Numbering& numbering,
                   const Choice& choice) {
    RobustFit out = finished(points, choice.fit.map);
    out.worst_mm = choice.fit.worst;
    for (std::size_t i = 0; i < points.size(); ++i) {
        out.used[i] = (choice.out >> numbering.index_of[i] & 1U) == 0;
    }
    return out;
}

}  // namespace

std::optional<RobustFit> fit_robustly(std::span<const PointPair> points,
                                      std::span<const int> landmarks) {
    constexpr int kMostLandmarks = 10, kMostLeftOut = 2, kLeastLandmarks = 3;
    const auto all = simplest_map(points);
    if (!all) return std::nullopt;
    Choice choice{*all, 0};
    const Numbering numbering(landmarks);
    if (all->worst <= kSuspicious) return finished(points, numbering, choice);
    for (int leave = 1; leave <= kMostLeftOut && choice.fit.worst > kAffineIsGood; ++leave) {
        if (numbering.count - leave < kLeastLandmarks || numbering.count > kMostLandmarks) break;
        const auto best = best_without(points, numbering, leave);
        // one that contradicts leaves far less behind; two must explain it all
        const double limit =
            leave == 1 ? all->worst / 2 : std::min(kSuspicious, choice.fit.worst / 3);
        if (best && best->fit.worst <= limit) choice = *best;
    }
    return finished(points, numbering, choice);
}

std::optional<RobustFit> fit_robustly(std::span<const PointPair> points) {
    std::vector<int> own(points.size());
    std::iota(own.begin(), own.end(), 0);
    return fit_robustly(points, own);
}

std::optional<RobustFit> fit_many(std::span<const PointPair> points, const Homography& start,
                                  double limit_mm) {
    constexpr std::array kScales{2.0, 1.0, 0.5, 0.25, 0.25};  // mm, from coarse to fine
    Homography map = start;
    for (double scale : kScales) {
        std::vector<PointPair> weighted(points.begin(), points.end());
        for (auto& pair : weighted) {
            const double r = residual_mm(map, pair) / scale;
            pair.weight *= r < 1e6 ? 1 / ((1 + r * r) * (1 + r * r)) : 0;  // Geman and McClure
        }
        const auto fit = fit_plane(weighted);
        if (!fit) return std::nullopt;
        map = fit->map();
    }
    RobustFit out = finished(points, map);
    for (std::size_t i = 0; i < points.size(); ++i) {
        out.used[i] = out.residual_mm[i] <= limit_mm;
        if (out.used[i]) out.worst_mm = std::max(out.worst_mm, out.residual_mm[i]);
    }
    return out;
}

}  // namespace verso::scanner

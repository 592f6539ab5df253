// SPDX-License-Identifier: Apache-2.0
#include "scanner/registration/robust_fit.h"

#include <algorithm>
#include <cmath>

namespace verso::scanner {

namespace {

// Residuals in mm on the paper. Clean synthetic cards at 150 to 600 dpi stay below 0.12 with an
// affine map; a fiducial that was taken for another dark square is off by 0.5 and more.
constexpr double kAffineIsGood = 0.15;
constexpr double kSuspicious = 0.3;
// An affine map has 6 unknowns and a homography 8; each point gives 2 equations. With fewer points
// than these the residual would say nothing.
constexpr std::size_t kLeastForHomography = 5;
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
        const double r = residual_mm(map, pair) * (pair.weight < 0.5 ? 0.5 : 1.0);
        worst = std::isfinite(r) ? std::max(worst, r) : 1e9;
    }
    return worst;
}

std::optional<Candidate> simplest_map(std::span<const PointPair> points) {
    const auto affine = fit_affine(points);
    if (!affine) return std::nullopt;
    Candidate best{*affine, worst_of(*affine, points)};
    if (best.worst <= kAffineIsGood || points.size() < kLeastForHomography) return best;
    if (const auto full = fit_homography(points)) {
        const double worst = worst_of(*full, points);
        if (worst < best.worst) best = {*full, worst};
    }
    return best;
}

std::vector<PointPair> without(std::span<const PointPair> points, std::size_t index) {
    std::vector<PointPair> rest(points.begin(), points.end());
    rest.erase(rest.begin() + std::ptrdiff_t(index));
    return rest;
}

}  // namespace

std::optional<RobustFit> fit_robustly(std::span<const PointPair> points) {
    const auto all = simplest_map(points);
    if (!all) return std::nullopt;
    RobustFit out{all->map, {}, std::nullopt, all->worst};
    if (all->worst > kSuspicious && points.size() > kLeastAfterLeavingOut) {
        for (std::size_t i = 0; i < points.size(); ++i) {
            const auto rest = without(points, i);
            const auto fit = simplest_map(rest);
            if (!fit || fit->worst > all->worst / 2 || fit->worst >= out.worst_mm) continue;
            out.map = fit->map;
            out.worst_mm = fit->worst;
            out.left_out = i;
        }
    }
    for (const auto& pair : points) out.residual_mm.push_back(residual_mm(out.map, pair));
    return out;
}

}  // namespace verso::scanner

// SPDX-License-Identifier: Apache-2.0
#include "scanner/registration/symbol_grid.h"

#include <algorithm>
#include <cmath>

#include "scanner/registration/image_probe.h"

namespace verso::scanner {

namespace {

constexpr int kTerms = 6;        // constant, along, across, along*across, along^2, ink gain
constexpr double kStraight = 8;  // as many edges as say that lines are straight
using Terms = std::array<double, kTerms>;

/// One edge between a dark and a light module: how far it is from its place, in modules.
struct Edge {
    Terms terms;
    double shift;
};

double dot(const Terms& a, const Terms& b) {
    double sum = 0;
    for (std::size_t i = 0; i < kTerms; ++i) sum += a[i] * b[i];
    return sum;
}

/// Least squares by Gauss elimination; the last two terms are dropped when few edges are seen.
std::optional<Terms> solve(const std::vector<Edge>& edges) {
    std::array<std::array<double, kTerms + 1>, kTerms> m{};
    for (const auto& edge : edges) {
        for (std::size_t i = 0; i < kTerms; ++i) {
            for (std::size_t j = 0; j < kTerms; ++j) m[i][j] += edge.terms[i] * edge.terms[j];
            m[i][kTerms] += edge.terms[i] * edge.shift;
        }
    }
    for (std::size_t col = 0; col < kTerms; ++col) {
        // a term that no edge speaks of stays zero; so do the bent ones without good reason
        m[col][col] += col == 3 || col == 4 ? kStraight : 1e-3;
        for (std::size_t row = 0; row < kTerms; ++row) {
            if (row == col || m[col][col] == 0) continue;
            const double factor = m[row][col] / m[col][col];
            for (std::size_t k = col; k <= kTerms; ++k) m[row][k] -= factor * m[col][k];
        }
    }
    Terms out{};
    for (std::size_t i = 0; i < kTerms; ++i) {
        out[i] = m[i][kTerms] / m[i][i];
        if (!std::isfinite(out[i])) return std::nullopt;
    }
    return out;
}

struct DirectionFit {
    Terms terms{};
    double scatter = 0;  ///< modules
    double seen = 0;
};

/// Fits the edges' shifts, leaving out those that stray: covered modules, specks.
std::optional<DirectionFit> fit_direction(std::vector<Edge> edges) {
    constexpr std::size_t kLeastEdges = 24;
    constexpr std::array kTrim{0.5, 0.3, 0.15};  // modules
    const double all = double(edges.size());
    DirectionFit out;
    for (double trim : kTrim) {
        if (edges.size() < kLeastEdges) return std::nullopt;
        const auto fit = solve(edges);
        if (!fit) return std::nullopt;
        out.terms = *fit;
        const auto strays = [&](const Edge& e) {
            return std::abs(e.shift - dot(e.terms, *fit)) > trim;
        };
        edges.erase(std::remove_if(edges.begin(), edges.end(), strays), edges.end());
    }
    if (edges.size() < kLeastEdges) return std::nullopt;
    double sum = 0;
    for (const auto& e : edges) sum += std::pow(e.shift - dot(e.terms, out.terms), 2);
    out.scatter = std::sqrt(sum / double(edges.size()));
    out.seen = double(edges.size()) / all;
    return out;
}

/// The modules of a symbol through a rough map.
class ModuleView {
  public:
    ModuleView(const GrayImage& image, const Homography& map, const MmBox& box, int modules)
        : image_(image), map_(map), box_(box), n_(modules), pitch_(box.w.value / modules) {
        const double px = map.scale_at(box.center()) * pitch_;
        steps_ = std::clamp(int(std::ceil(px)), 3, 8);
        sample_centres();
    }

    bool dark(int x, int y) const { return gray(x, y) < middle_; }
    double contrast() const { return contrast_; }
    std::optional<Edge> edge_after(int x, int y, bool down, double& slope) const;
    std::vector<std::uint8_t> bits() const {
        std::vector<std::uint8_t> out;
        for (float value : centres_) out.push_back(value < middle_ ? 1 : 0);
        return out;
    }

  private:
    float gray(int x, int y) const { return centres_[std::size_t(y * n_ + x)]; }
    void sample_centres();

    const GrayImage& image_;
    const Homography& map_;
    const MmBox& box_;
    int n_;
    double pitch_;
    int steps_ = 3;
    std::vector<PxPoint> places_;  ///< of the modules' middles
    std::vector<float> centres_;   ///< gray there
    double middle_ = 0, contrast_ = 0;
};

void ModuleView::sample_centres() {
    centres_.reserve(std::size_t(n_) * std::size_t(n_));
    for (int y = 0; y < n_; ++y) {
        for (int x = 0; x < n_; ++x) {
            places_.push_back(
                map_.to_image({box_.x + Mm{(x + 0.5) * pitch_}, box_.y + Mm{(y + 0.5) * pitch_}}));
            centres_.push_back(probe(image_, places_.back()));
        }
    }
    // Between the means of the two classes (Ridler and Calvard's iteration)
    const auto [low, high] = std::minmax_element(centres_.begin(), centres_.end());
    middle_ = (*low + *high) / 2;
    constexpr int kRounds = 5;
    for (int round = 0; round < kRounds; ++round) {
        double dark = 0, light = 0;
        int darks = 0, lights = 0;
        for (float value : centres_) {
            (value < middle_ ? dark : light) += value;
            ++(value < middle_ ? darks : lights);
        }
        if (darks == 0 || lights == 0) return;
        contrast_ = light / lights - dark / darks;
        middle_ = (light / lights + dark / darks) / 2;
    }
}

/// The edge between a module and its right (or lower) neighbour, when there is one. `slope` is the
/// share of the contrast by which gray changes over the steepest step, per module.
std::optional<Edge> ModuleView::edge_after(int x, int y, bool down, double& slope) const {
    constexpr double kLeastStep = 0.35;  // of the contrast: else it is a gray in-between
    const float here = gray(x, y), next = down ? gray(x, y + 1) : gray(x + 1, y);
    const double step = double(next) - here;
    if ((here < middle_) == (next < middle_)) return std::nullopt;
    if (std::abs(step) < kLeastStep * contrast_) return std::nullopt;
    const double level = (double(here) + next) / 2;
    const PxPoint from = places_[std::size_t(y * n_ + x)];
    const PxPoint way = places_[std::size_t(down ? (y + 1) * n_ + x : y * n_ + x + 1)] - from;
    double before = here, steepest = 0;
    std::optional<double> crossing;
    for (int i = 1; i <= steps_; ++i) {
        const double t = double(i) / steps_;
        const double value = i == steps_
                                 ? double(next)
                                 : double(probe(image_, {from.x + way.x * t, from.y + way.y * t}));
        steepest = std::max(steepest, std::abs(value - before) * steps_);
        if (!crossing && (before < level) != (value < level)) {
            crossing = t - (value - level) / (value - before) / steps_;
        }
        before = value;
    }
    if (!crossing) return std::nullopt;
    slope = steepest / contrast_;
    const double along = ((down ? y : x) + 1.0) / n_ * 2 - 1;
    const double across = ((down ? x : y) + 0.5) / n_ * 2 - 1;
    const double gain = step > 0 ? 1 : -1;  // dark to light: ink gain moves it onwards
    return Edge{{1, along, across, along * across, along * along, gain}, *crossing - 0.5};
}

struct Measured {
    DirectionFit right, down;
    double slope = 0;  ///< upper quartile of the edges' slopes, contrast per module
};

std::optional<Measured> measure(const ModuleView& view, int n) {
    std::vector<Edge> right, down;
    std::vector<double> slopes;
    constexpr int kManyModules = 27;
    right.reserve(std::size_t(n * n) * 2 / 3);
    down.reserve(std::size_t(n * n) * 2 / 3);
    double slope = 0;
    const int every = n >= kManyModules ? 2 : 1;  // half of a QR's lines are plenty
    for (int y = 0; y < n; ++y) {
        for (int x = 0; x < n; ++x) {
            if (x + 1 < n && y % every == 0) {
                if (const auto edge = view.edge_after(x, y, false, slope)) {
                    right.push_back(*edge);
                    slopes.push_back(slope);
                }
            }
            if (y + 1 < n && x % every == 0) {
                if (const auto edge = view.edge_after(x, y, true, slope)) {
                    down.push_back(*edge);
                    slopes.push_back(slope);
                }
            }
        }
    }
    const auto fit_right = fit_direction(std::move(right));
    const auto fit_down = fit_direction(std::move(down));
    if (!fit_right || !fit_down) return std::nullopt;
    const auto quartile = slopes.begin() + std::ptrdiff_t(slopes.size() * 3 / 4);
    std::nth_element(slopes.begin(), quartile, slopes.end());
    return Measured{*fit_right, *fit_down, *quartile};
}

/// Where the corners (given from -1 to 1) show, by the fitted shifts.
std::array<PointPair, 4> corner_pairs(const Homography& map, const MmBox& box, double pitch,
                                      const Measured& fit) {
    const auto corners = box.corners();
    constexpr std::array<std::array<double, 2>, 4> kAt{{{-1, -1}, {1, -1}, {1, 1}, {-1, 1}}};
    std::array<PointPair, 4> out{};
    for (std::size_t i = 0; i < 4; ++i) {
        const double u = kAt[i][0], v = kAt[i][1];
        const double dx = dot({1, u, v, u * v, u * u, 0}, fit.right.terms) * pitch;
        const double dy = dot({1, v, u, u * v, v * v, 0}, fit.down.terms) * pitch;
        out[i] = {corners[i], map.to_image({corners[i].x + Mm{dx}, corners[i].y + Mm{dy}}), 1.0};
    }
    return out;
}

/// By how many mm the corners are off a map.
double largest_shift(const Homography& map, const std::array<PointPair, 4>& corners) {
    double largest = 0;
    for (const auto& corner : corners) {
        largest = std::max(largest, residual(map, corner) / map.scale_at(corner.page));
    }
    return largest;
}

}  // namespace

std::optional<SymbolGrid> measure_grid(const GrayImage& image, const Homography& rough,
                                       const MmBox& box, int modules) {
    constexpr int kRounds = 2;
    constexpr double kLeastContrast = 15;  // gray steps
    constexpr double kCloseEnough = 0.12;  // modules: edges were looked for in the right place
    if (image.width < 2 || image.height < 2) return std::nullopt;
    const double pitch = box.w.value / modules;
    Homography map = rough;
    SymbolGrid out;
    for (int round = 0; round < kRounds; ++round) {
        const ModuleView view(image, map, box, modules);
        if (view.contrast() < kLeastContrast) return std::nullopt;
        const auto fit = measure(view, modules);
        if (!fit) return std::nullopt;
        out.corners = corner_pairs(map, box, pitch, *fit);
        out.modules = modules;
        out.dark = view.bits();
        out.scatter_mm = std::max(fit->right.scatter, fit->down.scatter) * pitch;
        out.edges_seen = std::min(fit->right.seen, fit->down.seen);
        // a Gaussian edge of deviation s has the slope 1 / (s sqrt(2 pi))
        constexpr double kRootTwoPi = 2.5066;
        out.blur_mm = pitch / (std::max(fit->slope, 0.1) * kRootTwoPi);
        const auto better = fit_homography(out.corners);
        if (!better) return std::nullopt;
        if (largest_shift(map, out.corners) < kCloseEnough * pitch) break;
        map = *better;
    }
    return out;
}

}  // namespace verso::scanner

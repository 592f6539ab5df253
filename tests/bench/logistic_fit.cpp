// SPDX-License-Identifier: Apache-2.0
#include "tests/bench/logistic_fit.h"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <cmath>

namespace verso::bench {

namespace {

using Row = std::vector<double>;

double chance(const Row& weights, const Row& x) {
    double sum = 0;
    for (std::size_t i = 0; i < x.size(); ++i) sum += weights[i] * x[i];
    return 1 / (1 + std::exp(-std::clamp(sum, -30.0, 30.0)));
}

/// Solves a·x = b in place by Gauss with pivots; a is small and well shrunk.
Row solve(std::vector<Row> a, Row b) {
    const std::size_t n = b.size();
    for (std::size_t column = 0; column < n; ++column) {
        std::size_t pivot = column;
        for (std::size_t row = column; row < n; ++row) {
            if (std::abs(a[row][column]) > std::abs(a[pivot][column])) pivot = row;
        }
        std::swap(a[column], a[pivot]);
        std::swap(b[column], b[pivot]);
        for (std::size_t row = 0; row < n; ++row) {
            if (row == column) continue;
            const double k = a[row][column] / a[column][column];
            for (std::size_t i = column; i < n; ++i) a[row][i] -= k * a[column][i];
            b[row] -= k * b[column];
        }
    }
    for (std::size_t i = 0; i < n; ++i) b[i] /= a[i][i];
    return b;
}

}  // namespace

std::vector<double> fit(const std::vector<Sample>& samples) {
    if (samples.empty()) return {};
    constexpr double kRidge = 0.5;
    constexpr int kRounds = 40;
    const std::size_t n = samples.front().x.size();
    Row weights(n, 0);
    for (int round = 0; round < kRounds; ++round) {
        std::vector<Row> curvature(n, Row(n, 0));
        Row slope(n, 0);
        for (const auto& s : samples) {
            const double p = chance(weights, s.x), spread = std::max(1e-9, p * (1 - p));
            for (std::size_t i = 0; i < n; ++i) {
                slope[i] += ((s.marked ? 1 : 0) - p) * s.x[i];
                for (std::size_t j = 0; j < n; ++j) curvature[i][j] += spread * s.x[i] * s.x[j];
            }
        }
        for (std::size_t i = 0; i < n; ++i) {
            slope[i] -= kRidge * weights[i];
            curvature[i][i] += kRidge;
        }
        const Row step = solve(curvature, slope);
        for (std::size_t i = 0; i < n; ++i) weights[i] += std::clamp(step[i], -3.0, 3.0);
    }
    return weights;
}

void print_weights(const std::vector<double>& weights) {
    fmt::print("weights:");
    for (double w : weights) fmt::print(" {:.2f},", w);
    fmt::print("\n");
}

void print_reliability(const std::vector<Sample>& samples) {
    constexpr std::array kEdges{0.0, 1e-4, 1e-3, 1e-2,  0.1,    0.3,
                                0.7, 0.9,  0.99, 0.999, 0.9999, 1.01};
    fmt::print("  chance from     to   boxes  mean said  marked\n");
    for (std::size_t i = 0; i + 1 < kEdges.size(); ++i) {
        double said = 0;
        int boxes = 0, marked = 0;
        for (const auto& s : samples) {
            if (s.said < kEdges[i] || s.said >= kEdges[i + 1]) continue;
            ++boxes;
            marked += s.marked ? 1 : 0;
            said += s.said;
        }
        if (boxes == 0) continue;
        fmt::print("  {:10} {:7} {:7}  {:9.5f}  {:.5f}\n", kEdges[i], kEdges[i + 1], boxes,
                   said / boxes, double(marked) / boxes);
    }
}

}  // namespace verso::bench

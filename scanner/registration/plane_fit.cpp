// SPDX-License-Identifier: Apache-2.0
#include "scanner/registration/plane_fit.h"

#include <cmath>

namespace verso::scanner {

namespace {

constexpr int kUnknowns = 8;
constexpr double kUnit = 50;       // mm: brings page coordinates of a card to about 1
constexpr double kPointMm = 0.05;  // deviation of a measured point of weight 1
// Deviation of the two perspective terms per kUnit: a card tilted by 35 degrees and seen from
// 300 mm has 0.0019 a mm, 0.096 a unit.
constexpr double kPerspective = 0.06;
constexpr int kRounds = 4;  // Gauss-Newton: tilted cards are right to 0.001 mm after three

using Vector = std::array<double, kUnknowns>;
using Square = std::array<double, kUnknowns * kUnknowns>;

struct Rows {
    Vector across, down;
};

/// What a small change of each parameter moves a page point by: the derivative of
/// (x + ax + by + c, y + dx + ey + f) / (1 + gx + hy) at no change.
Rows rows_at(MmPoint page, MmPoint middle) {
    const double x = (page.x - middle.x).value / kUnit, y = (page.y - middle.y).value / kUnit;
    return {{x, y, 1, 0, 0, 0, -x * x, -x * y}, {0, 0, 0, x, y, 1, -x * y, -y * y}};
}

void add_row(Square& normal, Vector& right, const Vector& row, double value, double weight) {
    for (int i = 0; i < kUnknowns; ++i) {
        for (int j = 0; j < kUnknowns; ++j) {
            normal[std::size_t(i * kUnknowns + j)] +=
                weight * row[std::size_t(i)] * row[std::size_t(j)];
        }
        right[std::size_t(i)] += weight * row[std::size_t(i)] * value;
    }
}

/// Inverse of a symmetric positive matrix by Gauss-Jordan; false when it is singular.
bool invert(Square& m) {
    for (int col = 0; col < kUnknowns; ++col) {
        const double pivot = m[std::size_t(col * kUnknowns + col)];
        if (!(std::abs(pivot) > 1e-9)) return false;
        for (int j = 0; j < kUnknowns; ++j) m[std::size_t(col * kUnknowns + j)] /= pivot;
        m[std::size_t(col * kUnknowns + col)] = 1 / pivot;
        for (int i = 0; i < kUnknowns; ++i) {
            if (i == col) continue;
            const double factor = m[std::size_t(i * kUnknowns + col)];
            for (int j = 0; j < kUnknowns; ++j) {
                if (j == col) continue;
                m[std::size_t(i * kUnknowns + j)] -= factor * m[std::size_t(col * kUnknowns + j)];
            }
            m[std::size_t(i * kUnknowns + col)] = -factor * m[std::size_t(col * kUnknowns + col)];
        }
    }
    return true;
}

/// map after the page was moved by the small change `d`.
Homography composed(const Homography& map, const Vector& d, MmPoint middle) {
    // to units about the middle, the change, and back to mm
    const double mx = middle.x.value, my = middle.y.value;
    const std::array<double, 9> change{1 + d[0], d[1], d[2], d[3], 1 + d[4], d[5], d[6], d[7], 1};
    const std::array<double, 9> in{1 / kUnit, 0, -mx / kUnit, 0, 1 / kUnit, -my / kUnit, 0, 0, 1};
    const std::array<double, 9> back{kUnit, 0, mx, 0, kUnit, my, 0, 0, 1};
    const auto times = [](const std::array<double, 9>& a, const std::array<double, 9>& b) {
        std::array<double, 9> out{};
        for (std::size_t r = 0; r < 3; ++r) {
            for (std::size_t c = 0; c < 3; ++c) {
                for (std::size_t k = 0; k < 3; ++k) out[r * 3 + c] += a[r * 3 + k] * b[k * 3 + c];
            }
        }
        return out;
    };
    auto m = times(map.matrix(), times(back, times(change, in)));
    const double last = m[8];
    for (double& value : m) value /= last;
    return Homography(m);
}

MmPoint mean_of(std::span<const PointPair> pairs) {
    MmPoint sum{};
    for (const auto& pair : pairs) sum = sum + pair.page;
    return {sum.x / double(pairs.size()), sum.y / double(pairs.size())};
}

}  // namespace

double PlaneFit::error_mm(MmPoint page) const {
    const Rows rows = rows_at(page, middle_);
    double variance = 0;
    for (const Vector* row : {&rows.across, &rows.down}) {
        for (std::size_t i = 0; i < kUnknowns; ++i) {
            for (std::size_t j = 0; j < kUnknowns; ++j) {
                variance += (*row)[i] * covariance_[i * kUnknowns + j] * (*row)[j];
            }
        }
    }
    return std::sqrt(std::max(0.0, variance)) * kUnit;
}

std::optional<PlaneFit> fit_plane(std::span<const PointPair> pairs) {
    const auto flat = fit_affine(pairs);
    if (!flat) return std::nullopt;
    constexpr double kUnitWeight = (kUnit / kPointMm) * (kUnit / kPointMm);
    PlaneFit out;
    out.map_ = *flat;
    out.middle_ = mean_of(pairs);
    double across = 0, down = 0;  // the perspective terms so far
    for (int round = 0; round < kRounds; ++round) {
        Square normal{};
        Vector right{};
        for (const auto& pair : pairs) {
            const Rows rows = rows_at(pair.page, out.middle_);
            const MmPoint seen = out.map_.to_page(pair.image);
            const double weight = kUnitWeight * pair.weight;
            add_row(normal, right, rows.across, (seen.x - pair.page.x).value / kUnit, weight);
            add_row(normal, right, rows.down, (seen.y - pair.page.y).value / kUnit, weight);
        }
        const double prior = 1 / (kPerspective * kPerspective);
        add_row(normal, right, {0, 0, 0, 0, 0, 0, 1, 0}, -across, prior);
        add_row(normal, right, {0, 0, 0, 0, 0, 0, 0, 1}, -down, prior);
        if (!invert(normal)) return std::nullopt;
        Vector change{};
        for (std::size_t i = 0; i < kUnknowns; ++i) {
            for (std::size_t j = 0; j < kUnknowns; ++j) {
                change[i] += normal[i * kUnknowns + j] * right[j];
            }
        }
        for (double value : change) {
            if (!std::isfinite(value)) return std::nullopt;
        }
        across += change[6];
        down += change[7];
        out.map_ = composed(out.map_, change, out.middle_);
        out.covariance_ = normal;
    }
    return out;
}

}  // namespace verso::scanner

// SPDX-License-Identifier: Apache-2.0
#include "core/geometry/homography.h"

#include <cmath>
#include <utility>
#include <vector>

namespace verso {

namespace {

using Matrix = std::array<double, 9>;

Matrix product(const Matrix& a, const Matrix& b) {
    Matrix out{};
    for (int row = 0; row < 3; ++row) {
        for (int col = 0; col < 3; ++col) {
            for (int k = 0; k < 3; ++k) out[row * 3 + col] += a[row * 3 + k] * b[k * 3 + col];
        }
    }
    return out;
}

std::pair<double, double> apply(const Matrix& m, double x, double y) {
    const double w = m[6] * x + m[7] * y + m[8];
    return {(m[0] * x + m[1] * y + m[2]) / w, (m[3] * x + m[4] * y + m[5]) / w};
}

Matrix adjugate(const Matrix& m) {
    return {m[4] * m[8] - m[5] * m[7], m[2] * m[7] - m[1] * m[8], m[1] * m[5] - m[2] * m[4],
            m[5] * m[6] - m[3] * m[8], m[0] * m[8] - m[2] * m[6], m[2] * m[3] - m[0] * m[5],
            m[3] * m[7] - m[4] * m[6], m[1] * m[6] - m[0] * m[7], m[0] * m[4] - m[1] * m[3]};
}

/// Translation and scale that bring points to mean 0 and mean distance sqrt(2), which keeps the
/// normal equations well conditioned.
struct Normaliser {
    double cx = 0, cy = 0, scale = 1;

    template <class Get>
    Normaliser(std::span<const PointPair> pairs, Get get) {
        for (const auto& p : pairs) {
            cx += get(p).first / double(pairs.size());
            cy += get(p).second / double(pairs.size());
        }
        double mean = 0;
        for (const auto& p : pairs) {
            mean += std::hypot(get(p).first - cx, get(p).second - cy) / double(pairs.size());
        }
        if (mean > 0) scale = std::sqrt(2.0) / mean;
    }
    Matrix forward() const { return {scale, 0, -scale * cx, 0, scale, -scale * cy, 0, 0, 1}; }
    Matrix back() const { return {1 / scale, 0, cx, 0, 1 / scale, cy, 0, 0, 1}; }
};

/// Solves the symmetric system a·x = b by Gaussian elimination with row pivots; false when
/// singular. Sizes are 6 and 8 here, so nothing cleverer is called for.
bool solve(std::vector<std::vector<double>>& a, std::vector<double>& b) {
    constexpr double kSingular = 1e-10;  // coordinates are normalised to about 1
    const std::size_t n = b.size();
    for (std::size_t col = 0; col < n; ++col) {
        std::size_t pivot = col;
        for (std::size_t row = col + 1; row < n; ++row) {
            if (std::abs(a[row][col]) > std::abs(a[pivot][col])) pivot = row;
        }
        if (!(std::abs(a[pivot][col]) > kSingular)) return false;
        std::swap(a[pivot], a[col]);
        std::swap(b[pivot], b[col]);
        for (std::size_t row = 0; row < n; ++row) {
            if (row == col) continue;
            const double factor = a[row][col] / a[col][col];
            for (std::size_t k = col; k < n; ++k) a[row][k] -= factor * a[col][k];
            b[row] -= factor * b[col];
        }
    }
    for (std::size_t i = 0; i < n; ++i) b[i] /= a[i][i];
    return true;
}

/// Least squares over the first `unknowns` entries of a 3x3 matrix with m[8] = 1.
std::optional<Homography> fit(std::span<const PointPair> pairs, std::size_t unknowns) {
    if (pairs.size() * 2 < unknowns) return std::nullopt;
    const auto page = [](const PointPair& p) { return std::pair(p.page.x.value, p.page.y.value); };
    const auto image = [](const PointPair& p) {
        return std::pair(p.image.x.value, p.image.y.value);
    };
    const Normaliser from(pairs, page), to(pairs, image);
    std::vector<std::vector<double>> a(unknowns, std::vector<double>(unknowns, 0.0));
    std::vector<double> b(unknowns, 0.0);
    for (const auto& pair : pairs) {
        const double x = (pair.page.x.value - from.cx) * from.scale;
        const double y = (pair.page.y.value - from.cy) * from.scale;
        const double u = (pair.image.x.value - to.cx) * to.scale;
        const double v = (pair.image.y.value - to.cy) * to.scale;
        const double rows[2][8] = {{x, y, 1, 0, 0, 0, -u * x, -u * y},
                                   {0, 0, 0, x, y, 1, -v * x, -v * y}};
        const double right[2] = {u, v};
        for (int r = 0; r < 2; ++r) {
            for (std::size_t i = 0; i < unknowns; ++i) {
                for (std::size_t j = 0; j < unknowns; ++j) {
                    a[i][j] += pair.weight * rows[r][i] * rows[r][j];
                }
                b[i] += pair.weight * rows[r][i] * right[r];
            }
        }
    }
    if (!solve(a, b)) return std::nullopt;
    Matrix h{0, 0, 0, 0, 0, 0, 0, 0, 1};
    for (std::size_t i = 0; i < unknowns; ++i) h[i] = b[i];
    Matrix full = product(to.back(), product(h, from.forward()));
    if (!(std::abs(full[8]) > 1e-12)) return std::nullopt;
    const double last = full[8];
    for (double& value : full) value /= last;
    return Homography(full);
}

}  // namespace

PxPoint Homography::to_image(MmPoint page) const {
    const auto [x, y] = apply(m_, page.x.value, page.y.value);
    return {Px{x}, Px{y}};
}

MmPoint Homography::to_page(PxPoint image) const {
    const auto [x, y] = apply(adjugate(m_), image.x.value, image.y.value);
    return {Mm{x}, Mm{y}};
}

double Homography::scale_at(MmPoint page) const {
    const PxPoint at = to_image(page);
    const PxPoint dx = to_image({page.x + Mm{0.5}, page.y}) - at;
    const PxPoint dy = to_image({page.x, page.y + Mm{0.5}}) - at;
    return std::sqrt(std::abs(dx.x.value * dy.y.value - dx.y.value * dy.x.value)) * 2;
}

std::optional<Homography> fit_homography(std::span<const PointPair> pairs) { return fit(pairs, 8); }

std::optional<Homography> fit_affine(std::span<const PointPair> pairs) { return fit(pairs, 6); }

double residual(const Homography& map, const PointPair& pair) {
    const PxPoint seen = map.to_image(pair.page);
    return std::hypot(seen.x.value - pair.image.x.value, seen.y.value - pair.image.y.value);
}

}  // namespace verso

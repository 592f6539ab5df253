// SPDX-License-Identifier: Apache-2.0
#include "scanner/registration/patch.h"

#include <algorithm>
#include <cmath>

namespace verso::scanner {

namespace {

/// Reads an image at fractional positions. Positions off the image read its nearest edge.
struct Sampler {
    const GrayImage& image;
    static constexpr double kRim = 0.05;  // px: more than fixed point strays along a row

    bool holds(PxPoint p) const {
        return p.x.value >= kRim && p.y.value >= kRim && p.x.value <= image.width - 1 - kRim &&
               p.y.value <= image.height - 1 - kRim;
    }
    /// Requires: the position is on the image, its right and lower neighbours too.
    float bilinear(double x, double y) const {
        const int left = int(x), top = int(y);
        const float fx = float(x - left), fy = float(y - top);
        const std::uint8_t* upper = image.pixels.data() + std::ptrdiff_t(top) * image.width + left;
        const std::uint8_t* lower = upper + image.width;
        const float above = float(upper[0]) + fx * float(upper[1] - upper[0]);
        const float below = float(lower[0]) + fx * float(lower[1] - lower[0]);
        return above + fy * (below - above);
    }
    float nearest(double x, double y) const {
        return float(image.pixels[std::size_t(int(y + 0.5)) * std::size_t(image.width) +
                                  std::size_t(int(x + 0.5))]);
    }
    /// The position brought onto the image; also NaN and infinity of a degenerate map.
    PxPoint clamped(PxPoint p) const {
        const double right = std::max(0.0, image.width - 1 - kRim);
        const double bottom = std::max(0.0, image.height - 1 - kRim);
        return {Px{p.x.value >= 0 ? std::min(p.x.value, right) : 0},
                Px{p.y.value >= 0 ? std::min(p.y.value, bottom) : 0}};
    }
};

/// The grid of sampling positions: `taps` by `taps` to a pixel of the patch.
struct Grid {
    const std::array<double, 9>& m;
    MmPoint origin;
    double step;
    bool flat;  ///< the map is affine: no division needed

    PxPoint at(int column, int row) const {
        const double x = origin.x.value + (column + 0.5) * step;
        const double y = origin.y.value + (row + 0.5) * step;
        const double u = m[0] * x + m[1] * y + m[2], v = m[3] * x + m[4] * y + m[5];
        if (flat) return {Px{u}, Px{v}};
        const double w = 1.0 / (m[6] * x + m[7] * y + m[8]);
        return {Px{u * w}, Px{v * w}};
    }
};

/// Several taps to a pixel average so many values that each may be the nearest one.
template <bool kInside>
void fill(Patch& patch, const Sampler& sampler, const Grid& grid, int taps) {
    int outside = 0;
    const float share = 1.0F / float(taps * taps);
    float* out = patch.pixels.data();
    for (int y = 0; y < patch.height; ++y) {
        for (int x = 0; x < patch.width; ++x) {
            float sum = 0;
            for (int tap = 0; tap < taps * taps; ++tap) {
                PxPoint p = grid.at(x * taps + tap % taps, y * taps + tap / taps);
                if constexpr (!kInside) {
                    if (!sampler.holds(p)) {
                        ++outside;
                        p = sampler.clamped(p);
                    }
                }
                sum += taps > 1 ? sampler.nearest(p.x.value, p.y.value)
                                : sampler.bilinear(p.x.value, p.y.value);
            }
            *out++ = sum * share;
        }
    }
    patch.off_image = double(outside) / (double(patch.pixels.size()) * taps * taps);
}

/// The same for an affine map that stays on the image: steps are constant, so positions run in
/// 16.16 fixed point, four times as fast.
void fill_flat(Patch& patch, const GrayImage& image, const Grid& grid, int taps) {
    constexpr double kOne = 65536;
    const PxPoint origin = grid.at(0, 0), right = grid.at(1, 0) - origin;
    const int du = int(std::lround(right.x.value * kOne));
    const int dv = int(std::lround(right.y.value * kOne));
    const float share = 1.0F / (float(taps * taps) * 65536.0F);
    const std::ptrdiff_t stride = image.width;
    for (int row = 0; row < patch.height * taps; ++row) {
        const PxPoint start = grid.at(0, row);
        int u = int(std::lround(start.x.value * kOne)), v = int(std::lround(start.y.value * kOne));
        float* out = patch.pixels.data() + std::ptrdiff_t(row / taps) * patch.width;
        for (int x = 0; x < patch.width; ++x) {
            int sum = 0;
            for (int tap = 0; tap < taps; ++tap, u += du, v += dv) {
                const std::uint8_t* p = image.pixels.data() + (v >> 16) * stride + (u >> 16);
                const int fx = (u >> 8) & 255, fy = (v >> 8) & 255;
                const int above = p[0] * 256 + fx * (p[1] - p[0]);
                const int below = p[stride] * 256 + fx * (p[stride + 1] - p[stride]);
                sum += above * 256 + fy * (below - above);
            }
            out[x] += float(sum) * share;
        }
    }
}

/// The affine map that touches `map` in the middle of the box.
std::array<double, 9> linearised(const Homography& map, const MmBox& box) {
    const auto& m = map.matrix();
    const MmPoint c = box.center();
    const double x = c.x.value, y = c.y.value;
    const double u = m[0] * x + m[1] * y + m[2], v = m[3] * x + m[4] * y + m[5];
    const double w = m[6] * x + m[7] * y + m[8];
    const double a = (m[0] - u / w * m[6]) / w, b = (m[1] - u / w * m[7]) / w;
    const double d = (m[3] - v / w * m[6]) / w, e = (m[4] - v / w * m[7]) / w;
    return {a, b, u / w - a * x - b * y, d, e, v / w - d * x - e * y, 0, 0, 1};
}

/// Whether two maps agree over a box to a tenth of a pixel.
bool is_straight(const Homography& map, const Homography& plain, const MmBox& box) {
    constexpr double kSame = 0.1;
    for (const auto& corner : box.corners()) {
        const PxPoint off = map.to_image(corner) - plain.to_image(corner);
        // written so that not-a-number is not straight
        if (!(std::abs(off.x.value) < kSame && std::abs(off.y.value) < kSame)) return false;
    }
    return true;
}

}  // namespace

Patch sample_patch(const GrayImage& image, const Homography& map, const MmBox& box,
                   double px_per_mm, int most_taps) {
    Patch patch{box, px_per_mm, 0, 0, {}, 0};
    patch.width = std::max(1, int(std::lround(box.w.value * px_per_mm)));
    patch.height = std::max(1, int(std::lround(box.h.value * px_per_mm)));
    patch.pixels.resize(std::size_t(patch.width) * std::size_t(patch.height));
    if (image.width < 2 || image.height < 2) return patch;
    const double density = map.scale_at(box.center()) / px_per_mm;
    const int taps =
        std::isfinite(density) ? std::clamp(int(std::lround(density)), 1, most_taps) : 1;
    const auto& m = map.matrix();
    const Sampler sampler{image};
    const std::array<double, 9> plain = linearised(map, box);
    const bool flat = (m[6] == 0 && m[7] == 0) || is_straight(map, Homography(plain), box);
    const Grid grid{flat ? plain : m, {box.x, box.y}, 1.0 / (px_per_mm * taps), flat};
    // a plane map keeps the patch convex: with its corners on the image, all of it is
    const int right = patch.width * taps - 1, bottom = patch.height * taps - 1;
    const bool inside = sampler.holds(grid.at(0, 0)) && sampler.holds(grid.at(right, 0)) &&
                        sampler.holds(grid.at(0, bottom)) &&
                        sampler.holds(grid.at(right, bottom)) && std::isfinite(density);
    constexpr int kFixedPointSide = 32000;
    if (inside && grid.flat && std::max(image.width, image.height) < kFixedPointSide) {
        fill_flat(patch, image, grid, taps);
    } else if (inside) {
        fill<true>(patch, sampler, grid, taps);
    } else {
        fill<false>(patch, sampler, grid, taps);
    }
    return patch;
}

}  // namespace verso::scanner

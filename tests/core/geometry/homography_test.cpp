// SPDX-License-Identifier: Apache-2.0
#include "core/geometry/homography.h"

#include <gtest/gtest.h>

#include <cmath>
#include <random>
#include <vector>

namespace verso {
namespace {

/// A card seen at 300 dpi, turned, and a little from the side.
const Homography kView({11.2, 2.3, 40.0, -2.1, 11.9, 300.0, 0.0004, -0.0002, 1.0});

std::vector<PointPair> pairs_of(const Homography& view, std::initializer_list<MmPoint> points) {
    std::vector<PointPair> out;
    for (MmPoint p : points) out.push_back({p, view.to_image(p), 1.0});
    return out;
}

void expect_same(const Homography& a, const Homography& b, double tolerance_px) {
    for (double x : {0.0, 50.0, 105.0}) {
        for (double y : {0.0, 70.0, 148.5}) {
            const PointPair pair{{Mm{x}, Mm{y}}, b.to_image({Mm{x}, Mm{y}}), 1.0};
            EXPECT_LT(residual(a, pair), tolerance_px) << x << " " << y;
        }
    }
}

TEST(Homography, FourPointsGiveTheViewBack) {
    const auto fit = fit_homography(
        pairs_of(kView, {{0_mm, 0_mm}, {105_mm, 0_mm}, {105_mm, 148_mm}, {0_mm, 148_mm}}));
    ASSERT_TRUE(fit.has_value());
    expect_same(*fit, kView, 1e-6);
}

TEST(Homography, InverseUndoesIt) {
    const MmPoint p{33_mm, 77_mm};
    const MmPoint back = kView.to_page(kView.to_image(p));
    EXPECT_NEAR(back.x.value, 33, 1e-9);
    EXPECT_NEAR(back.y.value, 77, 1e-9);
}

TEST(Homography, ManyNoisyPointsAverageOut) {
    const unsigned seed = 20261122;
    SCOPED_TRACE(seed);
    std::mt19937 random(seed);
    std::uniform_real_distribution<double> noise(-0.5, 0.5), x(0, 105), y(0, 148);
    std::vector<PointPair> pairs;
    for (int i = 0; i < 200; ++i) {
        const MmPoint p{Mm{x(random)}, Mm{y(random)}};
        PxPoint seen = kView.to_image(p);
        seen = {seen.x + Px{noise(random)}, seen.y + Px{noise(random)}};
        pairs.push_back({p, seen, 1.0});
    }
    const auto fit = fit_homography(pairs);
    ASSERT_TRUE(fit.has_value());
    expect_same(*fit, kView, 0.35);
}

TEST(Homography, WeightZeroTakesAPointOut) {
    auto pairs = pairs_of(
        kView, {{0_mm, 0_mm}, {105_mm, 0_mm}, {105_mm, 148_mm}, {0_mm, 148_mm}, {50_mm, 60_mm}});
    pairs.back().image.x += Px{500};
    pairs.back().weight = 0;
    const auto fit = fit_homography(pairs);
    ASSERT_TRUE(fit.has_value());
    expect_same(*fit, kView, 1e-6);
}

TEST(Homography, UndeterminedPointsGiveNothing) {
    EXPECT_FALSE(fit_homography(pairs_of(kView, {{0_mm, 0_mm}, {1_mm, 0_mm}, {0_mm, 1_mm}})));
    EXPECT_FALSE(fit_homography(
        pairs_of(kView, {{0_mm, 0_mm}, {10_mm, 10_mm}, {20_mm, 20_mm}, {30_mm, 30_mm}})));
    EXPECT_FALSE(fit_affine(pairs_of(Homography(), {{0_mm, 0_mm}, {5_mm, 5_mm}, {9_mm, 9_mm}})));
}

TEST(Homography, AffineFromThreePoints) {
    const Homography turned({0, -8, 900, 8, 0, 30, 0, 0, 1});
    const auto fit = fit_affine(pairs_of(turned, {{0_mm, 0_mm}, {105_mm, 0_mm}, {0_mm, 148_mm}}));
    ASSERT_TRUE(fit.has_value());
    expect_same(*fit, turned, 1e-6);
    EXPECT_NEAR(fit->scale_at({50_mm, 50_mm}), 8.0, 1e-9);
}

}  // namespace
}  // namespace verso

// SPDX-License-Identifier: Apache-2.0
// Points are put through a known map and then spoilt.
#include "scanner/registration/robust_fit.h"

#include <gtest/gtest.h>

#include <algorithm>

namespace verso::scanner {
namespace {

const Homography kFlat({11, 0.5, 30, -0.5, 11.2, 40, 0, 0, 1});
const Homography kTilted({11, 0.5, 30, -0.5, 11.2, 40, 0.0004, 0.0008, 1});

std::vector<PointPair> points_of(const Homography& map, std::size_t count = 6) {
    std::vector<PointPair> out;
    for (auto [x, y] :
         {std::pair{78., 10.}, {96., 10.}, {78., 28.}, {9., 9.}, {9., 139.}, {76., 139.}}) {
        const MmPoint at{Mm{x}, Mm{y}};
        if (out.size() < count) out.push_back({at, map.to_image(at), 1.0});
    }
    return out;
}

double error_at(const Homography& found, const Homography& truth) {
    const MmPoint at{Mm{60}, Mm{90}};
    return residual(found, {at, truth.to_image(at), 1.0});
}

TEST(FitRobustly, FindsTheMapOfAFlatAndOfATiltedCard) {
    for (const auto& truth : {kFlat, kTilted}) {
        const auto fit = fit_robustly(points_of(truth));
        ASSERT_TRUE(fit.has_value());
        EXPECT_LT(error_at(fit->map, truth), 0.1);
        EXPECT_LT(fit->worst_mm, 0.01);
        EXPECT_EQ(std::count(fit->used.begin(), fit->used.end(), false), 0);
    }
}

TEST(FitRobustly, LeavesOutAnyOnePointThatContradicts) {
    for (std::size_t bad = 0; bad < 6; ++bad) {
        auto points = points_of(kFlat);
        points[bad].image.x += Px{25};
        const auto fit = fit_robustly(points);
        ASSERT_TRUE(fit.has_value());
        EXPECT_EQ(std::count(fit->used.begin(), fit->used.end(), false), 1);
        EXPECT_FALSE(fit->used[bad]);
        EXPECT_LT(error_at(fit->map, kFlat), 0.5);
        EXPECT_GT(fit->residual_mm[bad], 1.5);
    }
}

TEST(FitRobustly, LeavesOutTwoLandmarksThatContradict) {
    for (std::size_t bad = 3; bad < 6; ++bad) {
        auto points = points_of(kFlat);  // three of a QR and three fiducials
        std::vector<int> landmarks{0, 0, 0, 1, 2, 3, 4, 4, 4, 4};
        const MmBox second{Mm{86}, Mm{127}, Mm{12}, Mm{12}};
        for (const auto& at : second.corners()) points.push_back({at, kFlat.to_image(at), 1.0});
        points[bad].image.x += Px{25};
        for (std::size_t i = 6; i < 10; ++i) points[i].image.y -= Px{31};  // of another piece
        const auto fit = fit_robustly(points, landmarks);
        ASSERT_TRUE(fit.has_value());
        EXPECT_FALSE(fit->used[bad]);
        EXPECT_FALSE(fit->used[6]);
        EXPECT_EQ(std::count(fit->used.begin(), fit->used.end(), false), 5);
        EXPECT_LT(error_at(fit->map, kFlat), 0.1);
    }
}

TEST(FitMany, DoesNotFollowAThirdOfThePointsAstray) {
    std::vector<PointPair> points;
    for (int i = 0; i < 24; ++i) {
        const MmPoint at{Mm{10.0 + i % 4 * 22}, Mm{20.0 + i / 4 * 20}};
        points.push_back({at, kTilted.to_image(at), 1.0});
        if (i % 3 == 1) points.back().image.y += Px{30};
    }
    const auto start = fit_affine(points);
    ASSERT_TRUE(start.has_value());
    const auto fit = fit_many(points, *start, 0.4);
    ASSERT_TRUE(fit.has_value());
    EXPECT_LT(error_at(fit->map, kTilted), 0.5);
    EXPECT_EQ(std::count(fit->used.begin(), fit->used.end(), false), 8);
}

TEST(FitRobustly, NeedsThreePointsThatAreNotOnOneLine) {
    EXPECT_FALSE(fit_robustly(points_of(kFlat, 2)).has_value());
    std::vector<PointPair> line;
    for (double k : {0., 1., 2., 3.}) {
        line.push_back({{Mm{k}, Mm{k}}, {Px{k * 10}, Px{k * 10}}, 1.0});
    }
    EXPECT_FALSE(fit_robustly(line).has_value());
}

}  // namespace
}  // namespace verso::scanner

// SPDX-License-Identifier: Apache-2.0
// Points are put through a known map, and the forecast is held against where that map goes.
#include "scanner/registration/plane_fit.h"

#include <gtest/gtest.h>

#include <cmath>

namespace verso::scanner {
namespace {

const Homography kFlat({11, 0.5, 30, -0.5, 11.2, 40, 0, 0, 1});
const Homography kTilted({11, 0.5, 30, -0.5, 11.2, 40, 0.0008, 0.0016, 1});

std::vector<PointPair> seen_through(const Homography& map, std::initializer_list<MmPoint> page) {
    std::vector<PointPair> out;
    for (const auto& at : page) out.push_back({at, map.to_image(at), 1.0});
    return out;
}

MmPoint at(double x, double y) { return {Mm{x}, Mm{y}}; }

double off_mm(const Homography& found, const Homography& truth, MmPoint where) {
    return residual(found, {where, truth.to_image(where), 1.0}) / truth.scale_at(where);
}

TEST(FitPlane, FollowsAFlatAndATiltedCardThroughFarPoints) {
    for (const auto& truth : {kFlat, kTilted}) {
        const auto fit =
            fit_plane(seen_through(truth, {at(76, 7), at(98, 7), at(98, 29), at(76, 29), at(9, 9),
                                           at(9, 139), at(76, 139)}));
        ASSERT_TRUE(fit.has_value());
        EXPECT_LT(off_mm(fit->map(), truth, at(60, 90)), 0.02);
        EXPECT_LT(fit->error_mm(at(60, 90)), 0.15);
    }
}

TEST(FitPlane, KnowsThatThreePointsDoNotShowATilt) {
    const auto fit = fit_plane(seen_through(kTilted, {at(9, 9), at(9, 139), at(76, 139)}));
    ASSERT_TRUE(fit.has_value());
    const double off = off_mm(fit->map(), kTilted, at(60, 90));
    EXPECT_GT(off, 1);
    EXPECT_LT(off, 3 * fit->error_mm(at(60, 90)));
}

TEST(FitPlane, KnowsThatACodeAloneSaysLittleFarAway) {
    const auto fit = fit_plane(seen_through(kFlat, {at(76, 7), at(98, 7), at(98, 29), at(76, 29)}));
    ASSERT_TRUE(fit.has_value());
    EXPECT_LT(fit->error_mm(at(87, 18)), 0.1);
    EXPECT_GT(fit->error_mm(at(9, 139)), 2);
}

TEST(FitPlane, NeedsThreePointsThatAreNotOnOneLine) {
    EXPECT_FALSE(fit_plane(seen_through(kFlat, {at(1, 1), at(2, 5)})).has_value());
    EXPECT_FALSE(fit_plane(seen_through(kFlat, {at(1, 1), at(2, 2), at(3, 3)})).has_value());
}

}  // namespace
}  // namespace verso::scanner

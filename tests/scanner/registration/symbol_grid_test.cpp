// SPDX-License-Identifier: Apache-2.0
// The codes of a drawn card are measured through maps that are a little off.
#include "scanner/registration/symbol_grid.h"

#include "scanner/codes/code_reader.h"
#include "scanner/registration/code_at_place.h"
#include "tests/support/card_raster.h"

#include <gtest/gtest.h>

namespace verso::scanner {
namespace {

using test::CardPicture;

const ReadRegion& card() { return test::sample_layout().cards.front(); }

/// The map of a card that is cut to its edges, off by some mm.
Homography map_at(double dpi, double dx, double dy) {
    const double k = dpi / kMmPerInch;
    return Homography({k, 0, -card().box.x.value * k - 0.5 + dx * k, 0, k,
                       -card().box.y.value * k - 0.5 + dy * k, 0, 0, 1});
}

double worst_corner_mm(const SymbolGrid& grid, double dpi) {
    const Homography truth = map_at(dpi, 0, 0);
    double worst = 0;
    for (const auto& corner : grid.corners) {
        worst = std::max(worst, residual(truth, corner) / truth.scale_at(corner.page));
    }
    return worst;
}

CodePlace data_matrix() {
    return {CodeKind::DataMatrix, card().find_code(CodeKind::DataMatrix)->box, 0};
}

TEST(MeasureGrid, FindsTheCornersToAFiftiethOfAMillimetre) {
    for (double dpi : {150.0, 300.0, 600.0}) {
        SCOPED_TRACE(dpi);
        const CardPicture picture(dpi);
        const auto grid = measure_matrix(picture.picture(), map_at(dpi, 0.2, -0.2), data_matrix());
        ASSERT_TRUE(grid.has_value());
        EXPECT_LT(worst_corner_mm(*grid, dpi), 0.03);
        EXPECT_GT(grid->edges_seen, 0.9);
    }
}

TEST(MeasureGrid, ReadsTheModules) {
    const CardPicture picture(300);
    const auto grid = measure_matrix(picture.picture(), map_at(300, 0.1, 0.1), data_matrix());
    ASSERT_TRUE(grid.has_value());
    const auto identity = test::sample_identity();
    EXPECT_EQ(decode_modules(grid->dark, grid->modules, CodeKind::DataMatrix),
              format_side_mark({identity.layout, identity.id}));
}

TEST(MeasureGrid, DoesNotMindACoveredQuarter) {
    CardPicture picture(300);
    const MmBox box = data_matrix().box;
    picture.hide({box.x + box.w * 0.6, box.y, box.w * 0.4, box.h * 0.5});
    const auto grid = measure_matrix(picture.picture(), map_at(300, 0.1, 0.1), data_matrix());
    ASSERT_TRUE(grid.has_value());
    EXPECT_LT(worst_corner_mm(*grid, 300), 0.25);  // the covered one; the map in the middle:
    const auto map = fit_homography(grid->corners);
    ASSERT_TRUE(map.has_value());
    const PointPair middle{box.center(), map_at(300, 0, 0).to_image(box.center()), 1.0};
    EXPECT_LT(residual(*map, middle) / map->scale_at(box.center()), 0.05);
}

TEST(MeasureGrid, ShowsBlur) {
    const CardPicture picture(300);
    const auto scan = [&](double blur) {
        const GrayImage image = picture.scanned({0, 1, 0, 255, 0, blur});
        return measure_matrix(image, map_at(300, 0, 0), data_matrix());
    };
    const auto sharp = scan(0), soft = scan(3);
    ASSERT_TRUE(sharp && soft);
    EXPECT_LT(sharp->blur_mm, 0.1);
    EXPECT_GT(soft->blur_mm, sharp->blur_mm * 1.8);
}

TEST(MeasureGrid, SeesNothingOnBarePaper) {
    CardPicture picture(300);
    picture.hide_code(CodeKind::DataMatrix);
    EXPECT_FALSE(measure_matrix(picture.picture(), map_at(300, 0, 0), data_matrix()).has_value());
}

}  // namespace
}  // namespace verso::scanner

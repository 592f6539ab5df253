// SPDX-License-Identifier: Apache-2.0
#include "scanner/worker/page_view.h"

#include <gtest/gtest.h>

#include "scanner/image/photo_loader.h"

namespace verso::scanner {
namespace {

/// White, with a black rectangle.
GrayImage page(int width, int height, int x, int y, int w, int h) {
    GrayImage out{width, height, 300, {}};
    out.pixels.assign(std::size_t(width) * std::size_t(height), 255);
    for (int row = y; row < y + h; ++row) {
        for (int column = x; column < x + w; ++column) out.row(row)[column] = 0;
    }
    return out;
}

PageView card(double x0, double y0, double x1, double y1, double x2, double y2, double x3,
              double y3, int width, int height) {
    PageView view;
    view.corners = {{{Px{x0}, Px{y0}}, {Px{x1}, Px{y1}}, {Px{x2}, Px{y2}}, {Px{x3}, Px{y3}}}};
    view.width = width;
    view.height = height;
    return view;
}

TEST(PageView, AWholePageFitsIntoItsRoomAndIsNeverEnlarged) {
    PageView view;
    view.width = 50;
    view.height = 50;
    const auto small = draw_view(page(200, 100, 0, 0, 0, 0), view);
    EXPECT_EQ(small.width, 50);
    EXPECT_EQ(small.height, 25);
    EXPECT_EQ(draw_view(page(20, 10, 0, 0, 0, 0), view).width, 20);
}

TEST(PageView, ACardLiesStraightAndUpright) {
    // The card lies turned by a quarter: its top left corner is the page's top right. What is black
    // is its upper left quarter.
    const auto image = page(200, 300, 100, 50, 50, 100);
    const auto upright = draw_view(image, card(150, 50, 150, 250, 50, 250, 50, 50, 200, 100));
    ASSERT_EQ(upright.width, 200);
    ASSERT_EQ(upright.height, 100);
    EXPECT_LT(upright.row(25)[50], 40);
    EXPECT_GT(upright.row(25)[150], 215);
    EXPECT_GT(upright.row(75)[50], 215);
}

TEST(PageView, WhatLiesBesideTheImageIsWhite) {
    const auto out = draw_view(page(100, 100, 0, 0, 100, 100),
                               card(-100, 0, 100, 0, 100, 100, -100, 100, 100, 50));
    ASSERT_EQ(out.width, 100);
    EXPECT_EQ(out.row(25)[20], 255);
    EXPECT_EQ(out.row(25)[80], 0);
}

TEST(PageView, FineLinesAreAveragedWhenThePictureIsSmaller) {
    GrayImage lines{400, 400, 0, {}};
    for (int i = 0; i < 400 * 400; ++i) lines.pixels.push_back(i % 2 == 0 ? 0 : 255);
    const auto out = draw_view(lines, card(0, 0, 400, 0, 400, 400, 0, 400, 40, 40));
    ASSERT_FALSE(out.empty());
    for (int x = 5; x < 35; ++x) EXPECT_NEAR(out.row(20)[x], 127, 8);
}

TEST(PageView, NothingComesOfWhatIsNoCard) {
    const auto image = page(100, 100, 0, 0, 10, 10);
    EXPECT_TRUE(draw_view(image, card(0, 0, 50, 0, 100, 0, 0, 100, 50, 50)).empty());
    EXPECT_TRUE(draw_view(image, card(0, 0, 50, 50, 50, 0, 0, 50, 50, 50)).empty());
    EXPECT_TRUE(draw_view(image, card(0, 0, 9, 0, 9, 9, 0, 9, 5000, 50)).empty());
    EXPECT_TRUE(draw_view(image, card(0, 0, 9, 0, 9, 9, 0, 9, 0, 50)).empty());
    EXPECT_TRUE(draw_view({}, PageView{1, {}, 10, 10}).empty());
}

TEST(PhotoView, IsMadeToFitAndStaysInProportion) {
    RgbImage large;
    large.width = 1200;
    large.height = 900;
    large.pixels.assign(std::size_t{1200} * 900 * 3, 200);
    const std::string png = png_bytes(large).value();
    const auto jpeg = draw_photo(png, "photo", {}, 500);
    ASSERT_TRUE(jpeg);
    const RgbImage made = load_photo(*jpeg, "made", {}, 5000).value().image;
    EXPECT_EQ(made.width, 500);
    EXPECT_EQ(made.height, 375);
    EXPECT_FALSE(draw_photo("no picture", "photo", {}, 500));
}

}  // namespace
}  // namespace verso::scanner

// SPDX-License-Identifier: Apache-2.0
// The ink of generated marks is held against 300 and more marks of real hands: the share of dark
// pixels inside the printed oval, its outline left out.
#include "scanner/lab/pen.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <cmath>
#include <vector>

#include "scanner/lab/degrade.h"

namespace verso::scanner::lab {
namespace {

constexpr double kDpi = 300;
const MarkOption kOval{1, MarkShape::Oval, {Mm{8}, Mm{8}, Mm{7}, Mm{4.2}}};

GrayImage white_page() {
    GrayImage image{280, 240, kDpi, {}};
    image.pixels.assign(280 * 240, 255);
    return image;
}

bool inside_oval(MmPoint p) {
    const MmBox inner = kOval.box.grown(kMarkOutline * -0.5);
    const double radius = inner.h.value / 2;
    const double x = std::clamp(p.x.value, inner.x.value + radius, inner.right().value - radius);
    return std::hypot(p.x.value - x, p.y.value - inner.center().y.value) <= radius;
}

/// Which pixels of white_page() lie in the oval.
std::vector<std::size_t> oval_pixels() {
    std::vector<std::size_t> pixels;
    const GrayImage image = white_page();
    const Homography map = raster_map(kDpi);
    for (std::size_t i = 0; i < image.pixels.size(); ++i) {
        const double x = double(i % std::size_t(image.width)),
                     y = double(i / std::size_t(image.width));
        if (inside_oval(map.to_page({Px{x + 0.5}, Px{y + 0.5}}))) pixels.push_back(i);
    }
    return pixels;
}

double ink_share(MarkStyle style, const Pen& pen, std::uint64_t seed) {
    static const std::vector<std::size_t> kOvalPixels = oval_pixels();
    GrayImage image = white_page();
    draw_mark(image, raster_map(kDpi), kOval, style, pen, seed);
    const auto inked = std::count_if(kOvalPixels.begin(), kOvalPixels.end(),
                                     [&](std::size_t i) { return image.pixels[i] < 180; });
    return double(inked) / double(kOvalPixels.size());
}

struct Measured {
    MarkStyle style;
    double least, median, most;
};

class InkOf : public ::testing::TestWithParam<Measured> {};

TEST_P(InkOf, FollowsRealHands) {
    const Measured& real = GetParam();
    std::vector<double> shares;
    for (std::uint64_t seed = 1; seed <= 100; ++seed) {
        const char* pen = seed % 3 == 0 ? "gel" : seed % 3 == 1 ? "ballpoint" : "pencil";
        shares.push_back(ink_share(real.style, find_pen(pen), seed));
    }
    std::sort(shares.begin(), shares.end());
    EXPECT_NEAR(shares[50], real.median, 0.25 * real.median);
    // Nine in ten lie between the real extremes.
    EXPECT_GE(shares[5], real.least);
    EXPECT_LE(shares[95], real.most);
    EXPECT_GT(shares.back() - shares.front(), 0.25 * (real.most - real.least)) << "hands differ";
}

INSTANTIATE_TEST_SUITE_P(Styles, InkOf,
                         ::testing::Values(Measured{MarkStyle::Filled, .60, .75, .92},
                                           Measured{MarkStyle::Scribble, .26, .46, .60},
                                           Measured{MarkStyle::Cross, .12, .18, .21},
                                           Measured{MarkStyle::Tick, .034, .14, .18},
                                           Measured{MarkStyle::Slash, .043, .088, .15},
                                           Measured{MarkStyle::Loop, .17, .42, .68}),
                         [](const auto& measured) {
                             return std::string(to_string(measured.param.style));
                         });

TEST(Pen, DrawsTheSameMarkFromTheSameSeed) {
    GrayImage first = white_page(), second = white_page(), third = white_page();
    draw_mark(first, raster_map(kDpi), kOval, MarkStyle::Tick, pens()[0], 5);
    draw_mark(second, raster_map(kDpi), kOval, MarkStyle::Tick, pens()[0], 5);
    draw_mark(third, raster_map(kDpi), kOval, MarkStyle::Tick, pens()[0], 6);
    EXPECT_EQ(first.pixels, second.pixels);
    EXPECT_NE(first.pixels, third.pixels);
}

TEST(Pen, OnlyDarkensAndStaysNearTheBox) {
    for (MarkStyle style : kMarkStyles) {
        GrayImage image = white_page();
        std::fill(image.pixels.begin(), image.pixels.end(), std::uint8_t{100});
        draw_mark(image, raster_map(kDpi), kOval, style, find_pen("felt"), 3);
        EXPECT_EQ(*std::max_element(image.pixels.begin(), image.pixels.end()), 100)
            << to_string(style);
        EXPECT_LT(*std::min_element(image.pixels.begin(), image.pixels.end()), 100)
            << to_string(style);
        for (int x = 0; x < image.width; ++x) EXPECT_EQ(image.row(0)[x], 100);
    }
}

TEST(Pen, IgnoresABoxOutsideTheImage) {
    GrayImage image = white_page();
    const MarkOption away{1, MarkShape::Square, {Mm{500}, Mm{-300}, Mm{4}, Mm{4}}};
    draw_mark(image, raster_map(kDpi), away, MarkStyle::Cross, pens()[0], 1);
    EXPECT_EQ(image.pixels, white_page().pixels);
}

TEST(Handwriting, InksTheFieldAndLittleElse) {
    for (std::uint64_t seed = 1; seed <= 20; ++seed) {
        GrayImage image{900, 500, 200, {}};
        image.pixels.assign(900 * 500, 255);
        const Homography map = raster_map(200);
        const MmBox field{Mm{10}, Mm{10}, Mm{91}, Mm{30}};
        draw_handwriting(image, map, field, find_pen("ballpoint"), seed);
        int inside = 0, outside = 0;
        for (int y = 0; y < image.height; ++y) {
            for (int x = 0; x < image.width; ++x) {
                if (image.row(y)[x] > 180) continue;
                (field.contains(map.to_page({Px{x + 0.5}, Px{y + 0.5}})) ? inside : outside) += 1;
            }
        }
        EXPECT_GT(inside, 1500) << seed;  // ten words of a thin pen
        EXPECT_LT(outside, inside / 10) << seed;
    }
}

}  // namespace
}  // namespace verso::scanner::lab

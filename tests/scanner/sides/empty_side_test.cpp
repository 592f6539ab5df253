// SPDX-License-Identifier: Apache-2.0
// Pages without a card, drawn here: paper, dust, writing. Real address sides go round in
// tests/roundtrip/sides_test.cpp.
#include "scanner/sides/empty_side.h"

#include "tests/support/card_raster.h"

#include <gtest/gtest.h>

#include <cmath>
#include <random>

namespace verso::scanner {
namespace {

GrayImage paper(int width = 1240, int height = 1754, std::uint64_t seed = 1) {
    GrayImage image = test::plain(width, height, 235);
    std::mt19937_64 bits(seed);
    for (auto& pixel : image.pixels) pixel = std::uint8_t(231 + bits() % 9);
    return image;
}

void dot(GrayImage& image, int x, int y, int side, int gray) {
    for (int dy = 0; dy < side; ++dy) {
        for (int dx = 0; dx < side; ++dx) {
            image.pixels[std::size_t(y + dy) * std::size_t(image.width) + std::size_t(x + dx)] =
                std::uint8_t(gray);
        }
    }
}

/// A wave of `mm` length at 300 dpi, as a word is.
void write(GrayImage& image, int x, int y, double mm, int gray) {
    for (int i = 0; i < int(mm * 11.8); ++i) {
        dot(image, x + i, y + int(15 * std::sin(i * 0.25)), 4, gray);
    }
}

std::optional<SheetSide> side_of(const GrayImage& image) {
    return classify_side(measure_side(image));
}

TEST(EmptySide, KnowsBlankPaper) {
    EXPECT_EQ(side_of(paper()), SheetSide::Blank);
    EXPECT_EQ(side_of(test::plain(1654, 2339, 255)), SheetSide::Blank);
}

TEST(EmptySide, LooksPastDustAndStreaks) {
    GrayImage image = paper();
    std::mt19937_64 bits(7);
    for (int i = 0; i < 12; ++i) {
        dot(image, 100 + int(bits() % 1000), 100 + int(bits() % 1500), 5, 120);
    }
    for (int y = 0; y < image.height; ++y) dot(image, 700, std::min(y, image.height - 3), 3, 90);
    EXPECT_EQ(side_of(image), SheetSide::Blank);
}

TEST(EmptySide, IsNotBlankWithAWordOnIt) {
    for (int gray : {60, 150, 185}) {
        GrayImage image = paper();
        write(image, 500, 800, 25, gray);
        EXPECT_EQ(side_of(image), std::nullopt) << "gray " << gray;
    }
}

TEST(EmptySide, IsNotBlankWhenNothingWasLitOrLaidOn) {
    EXPECT_EQ(side_of(test::plain(1240, 1754, 20)), std::nullopt);
}

TEST(EmptySide, NeverPassesOverAnAnswerSide) {
    test::CardPicture card(200);
    card.hide_code(CodeKind::Qr).hide_code(CodeKind::DataMatrix);
    for (std::size_t i = 0; i < 3; ++i) card.hide_fiducial(i);
    EXPECT_EQ(side_of(card.picture()), std::nullopt);
}

}  // namespace
}  // namespace verso::scanner

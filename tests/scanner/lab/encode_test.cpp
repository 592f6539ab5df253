// SPDX-License-Identifier: Apache-2.0
#include "scanner/lab/encode.h"

#include <gtest/gtest.h>

#include <cstdlib>

#include "scanner/image/image_loader.h"

namespace verso::scanner::lab {
namespace {

GrayImage stripes() {
    GrayImage image{101, 64, 200, {}};
    for (int y = 0; y < 64; ++y) {
        for (int x = 0; x < 101; ++x) image.pixels.push_back(x / 16 % 2 == 0 ? 250 : 10);
    }
    return image;
}

std::vector<GrayImage> load(const std::string& bytes) {
    std::vector<GrayImage> pages;
    const auto count = load_pages(bytes, "lab", LoadLimits{}, [&](int, Result<GrayImage> image) {
        EXPECT_TRUE(image.has_value());
        if (image) pages.push_back(std::move(*image));
        return true;
    });
    EXPECT_TRUE(count.has_value());
    return pages;
}

TEST(Encode, JpegComesBackWithItsDpi) {
    const GrayImage image = stripes();
    const auto pages = load(encode_jpeg(image, 95));
    ASSERT_EQ(pages.size(), 1u);
    EXPECT_EQ(pages[0].dpi, 200);
    ASSERT_EQ(pages[0].pixels.size(), image.pixels.size());
    for (std::size_t i = 0; i < image.pixels.size(); ++i) {
        ASSERT_LT(std::abs(int(pages[0].pixels[i]) - int(image.pixels[i])), 20) << i;
    }
    EXPECT_LT(encode_jpeg(image, 30).size(), encode_jpeg(image, 95).size());
}

TEST(Encode, FaxPagesComeBackBilevel) {
    const std::vector<GrayImage> images{stripes(), stripes()};
    const auto pages = load(encode_tiff_g4(images));
    ASSERT_EQ(pages.size(), 2u);
    EXPECT_EQ(pages[1].dpi, 200);
    for (std::size_t i = 0; i < images[0].pixels.size(); ++i) {
        ASSERT_EQ(pages[1].pixels[i], images[0].pixels[i] > 128 ? 255 : 0) << i;
    }
}

TEST(Encode, GivesNothingForAnEmptyImage) {
    EXPECT_EQ(encode_jpeg(GrayImage{}, 80), "");
    EXPECT_EQ(encode_tiff_g4(std::vector<GrayImage>(1)), "");
}

}  // namespace
}  // namespace verso::scanner::lab

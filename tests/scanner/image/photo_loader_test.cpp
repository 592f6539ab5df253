// SPDX-License-Identifier: Apache-2.0
#include "scanner/image/photo_loader.h"

#include <gtest/gtest.h>

#include "scanner/image/exif.h"
#include "scanner/image/jpeg_header.h"
#include "test_files.h"

namespace verso::scanner::test {
namespace {

/// The red, green and blue of a pixel.
std::array<int, 3> pixel(const RgbImage& image, int x, int y) {
    const auto at = (std::size_t(y) * std::size_t(image.width) + std::size_t(x)) * 3;
    return {image.pixels.at(at), image.pixels.at(at + 1), image.pixels.at(at + 2)};
}

/// Whether it shows the picture of the files: dark at the upper left, white at the foot.
void expect_picture(const RgbImage& image, const std::string& name) {
    ASSERT_EQ(image.width, 120) << name;
    ASSERT_EQ(image.height, 80) << name;
    for (const int value : pixel(image, 25, 20)) EXPECT_LT(value, 40) << name;
    for (const int value : pixel(image, 60, 75)) EXPECT_GT(value, 215) << name;
    for (const int value : pixel(image, 95, 55)) EXPECT_NEAR(value, 128, 30) << name;
}

TEST(PhotoLoader, EveryKindOfPhotoComesUprightAndInColour) {
    for (const char* name : {"color420.jpg", "progressive.jpg", "gray.jpg", "base.png", "rgb16.png",
                             "palette.png", "interlaced.png", "base.webp", "lossy.webp",
                             "turned.webp", "base.heic", "turned.heic", "two.heic", "base.avif"}) {
        const auto photo = load_photo(read_bytes(name), name, {}, 2000);
        ASSERT_TRUE(photo) << name << ": " << photo.error().text();
        expect_picture(upright(photo->image, photo->orientation), name);
    }
}

TEST(PhotoLoader, WhatIsNoPhotoIsRefused) {
    for (const char* name : {"multipage.tif", "cairo.pdf", "animation.webp", "cmyk.jpg"}) {
        const auto photo = load_photo(read_bytes(name), name, {}, 2000);
        ASSERT_FALSE(photo) << name;
        EXPECT_EQ(photo.error().code, ErrorCode::FormatInvalid) << name;
    }
    EXPECT_FALSE(load_photo("", "empty", {}, 2000));
    EXPECT_FALSE(load_photo("<svg/>", "svg", {}, 2000));
}

TEST(PhotoLoader, DamageAndHugeSizesAreErrorsAndNoCrash) {
    for (const char* name : {"base.png", "base.webp", "base.heic", "color420.jpg"}) {
        const std::string bytes = read_bytes(name);
        for (std::size_t cut = 0; cut < bytes.size(); cut += 1 + bytes.size() / 40) {
            (void)load_photo(bytes.substr(0, cut), name, {}, 2000);
        }
        LoadLimits small;
        small.page_pixels = 100;
        EXPECT_EQ(load_photo(bytes, name, small, 2000).error().code, ErrorCode::LimitExceeded)
            << name;
    }
}

TEST(PhotoLoader, EachOrientationOfExifIsTurnedBack) {
    // Three by two: A B C / D E F, one letter a pixel.
    RgbImage stored;
    stored.width = 3;
    stored.height = 2;
    for (const char letter : {'A', 'B', 'C', 'D', 'E', 'F'}) {
        stored.pixels.insert(stored.pixels.end(), 3, static_cast<std::uint8_t>(letter));
    }
    const auto rows = [&](int orientation) {
        const RgbImage image = upright(stored, orientation);
        std::string text;
        for (int y = 0; y < image.height; ++y) {
            for (int x = 0; x < image.width; ++x) text += char(pixel(image, x, y)[0]);
            text += ' ';
        }
        return text;
    };
    EXPECT_EQ(rows(1), "ABC DEF ");
    EXPECT_EQ(rows(2), "CBA FED ");
    EXPECT_EQ(rows(3), "FED CBA ");
    EXPECT_EQ(rows(4), "DEF ABC ");
    EXPECT_EQ(rows(5), "AD BE CF ");
    EXPECT_EQ(rows(6), "DA EB FC ");
    EXPECT_EQ(rows(7), "FC EB DA ");
    EXPECT_EQ(rows(8), "CF BE AD ");
}

TEST(PhotoLoader, AnEncodedPictureHoldsNothingElse) {
    const auto photo = load_photo(read_bytes("color420.jpg"), "photo", {}, 2000);
    ASSERT_TRUE(photo);
    const auto jpeg = jpeg_bytes(photo->image, 85);
    ASSERT_TRUE(jpeg);
    EXPECT_EQ(jpeg->find("Exif"), std::string::npos);
    const auto again = load_photo(*jpeg, "again", {}, 2000);
    ASSERT_TRUE(again);
    expect_picture(again->image, "again");
    EXPECT_FALSE(jpeg_bytes({}, 85));
}

TEST(PhotoLoader, ALargeJpegIsDecodedSmaller) {
    RgbImage large;
    large.width = 1600;
    large.height = 1200;
    large.pixels.assign(std::size_t{1600} * 1200 * 3, 200);
    const std::string jpeg = jpeg_bytes(large, 85).value();
    EXPECT_EQ(load_photo(jpeg, "large", {}, 400).value().image.width, 400);
    EXPECT_EQ(load_photo(jpeg, "large", {}, 500).value().image.width, 800);
    EXPECT_EQ(load_photo(jpeg, "large", {}, 2000).value().image.width, 1600);
}

}  // namespace
}  // namespace verso::scanner::test

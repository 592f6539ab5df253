// SPDX-License-Identifier: Apache-2.0
#include <gmock/gmock.h>

#include "scanner/image/decoders.h"
#include "tests/scanner/image/test_files.h"

namespace verso::scanner::test {
namespace {

using ::testing::HasSubstr;

std::string with_orientation(const std::string& jpeg, char orientation) {
    std::string exif(
        "\xFF\xE1\x00\x22"
        "Exif\0\0II*\0\x08\0\0\0\x01\0\x12\x01\x03\0\x01\0\0\0?\0\0\0\0\0\0\0",
        36);
    exif[exif.find('?')] = orientation;
    return jpeg.substr(0, 2) + exif + jpeg.substr(2);
}

TEST(LoaderJpeg, TurnsAPhoneCamerasPictureUpright) {
    const auto image = load_one(with_orientation(read_bytes("gray.jpg"), 6));
    ASSERT_TRUE(image.has_value()) << image.error().text();
    ASSERT_EQ(image->width, 80);
    ASSERT_EQ(image->height, 120);
    // Turned clockwise, the black block of the top left lies at the top right.
    EXPECT_LT(image->row(25)[80 - 20], 20);
    EXPECT_GT(image->row(25)[20], 235);
}

TEST(LoaderJpeg, LeavesExifAloneInsideAContainer) {
    const auto image =
        decode_jpeg(with_orientation(read_bytes("gray.jpg"), 6), "x", LoadLimits{}, {false, {}});
    ASSERT_TRUE(image.has_value());
    EXPECT_EQ(picture_fault(*image), "");
}

TEST(LoaderJpeg, NeverGivesHalfAPicture) {
    const std::string whole = read_bytes("gray.jpg");
    for (std::size_t size = 2; size + 2 < whole.size(); ++size) {
        const auto image = load_one(whole.substr(0, size));
        if (!image) continue;
        EXPECT_EQ(picture_fault(*image), "") << "cut to " << size << " of " << whole.size();
    }
    const auto half = load_one(whole.substr(0, whole.size() * 3 / 4), "card.jpg");
    ASSERT_FALSE(half.has_value());
    EXPECT_THAT(half.error().text(), HasSubstr("card.jpg, page 1"));
}

TEST(LoaderJpeg, ForgivesAMissingEndMarker) {
    std::string bytes = read_bytes("gray.jpg");
    bytes.resize(bytes.size() - 2);
    const auto image = load_one(bytes);
    ASSERT_TRUE(image.has_value()) << image.error().text();
    EXPECT_EQ(picture_fault(*image), "");
}

TEST(LoaderJpeg, RefusesAProgressiveOneThatIsCut) {
    std::string bytes = read_bytes("progressive.jpg");
    bytes.resize(bytes.size() - 40);
    EXPECT_FALSE(load_one(bytes).has_value());
}

}  // namespace
}  // namespace verso::scanner::test

// SPDX-License-Identifier: Apache-2.0
#include "scanner/image/jpeg_header.h"

#include <gtest/gtest.h>

#include <string>

#include "tests/scanner/image/test_files.h"

namespace verso::scanner::test {
namespace {

TEST(JpegHeader, ReadsDensityAndKind) {
    const JpegHeader gray = parse_jpeg_header(read_bytes("gray.jpg"));
    EXPECT_NEAR(gray.dpi, 300, 0.1);
    EXPECT_FALSE(gray.progressive);
    EXPECT_FALSE(gray.adobe);
    EXPECT_TRUE(parse_jpeg_header(read_bytes("progressive.jpg")).progressive);
    EXPECT_TRUE(parse_jpeg_header(read_bytes("cmyk.jpg")).adobe);
}

TEST(JpegHeader, ReadsExifOrientationInBothByteOrders) {
    const std::string little(
        "\xFF\xD8\xFF\xE1\x00\x22"
        "Exif\0\0II*\0\x08\0\0\0\x01\0\x12\x01\x03\0\x01\0\0\0\x06\0\0\0\0\0\0\0\xFF\xDA\0\x02",
        42);
    const std::string big(
        "\xFF\xD8\xFF\xE1\x00\x22"
        "Exif\0\0MM\0*\0\0\0\x08\0\x01\x01\x12\0\x03\0\0\0\x01\0\x08\0\0\0\0\0\0\xFF\xDA\0\x02",
        42);
    EXPECT_EQ(parse_jpeg_header(little).orientation, 6);
    EXPECT_EQ(parse_jpeg_header(big).orientation, 8);
}

TEST(JpegHeader, SurvivesEveryTruncation) {
    const std::string whole = read_bytes("cmyk.jpg");
    for (std::size_t size = 0; size <= whole.size(); ++size) {
        EXPECT_EQ(parse_jpeg_header(std::string_view(whole).substr(0, size)).orientation, 1);
    }
}

TEST(JpegHeader, IgnoresAnExifDirectoryThatPointsOutside) {
    const std::string bytes(
        "\xFF\xD8\xFF\xE1\x00\x10"
        "Exif\0\0II*\0\xFF\xFF\xFF\x7F\xFF\xDA\0\x02",
        24);
    EXPECT_EQ(parse_jpeg_header(bytes).orientation, 1);
}

}  // namespace
}  // namespace verso::scanner::test

// SPDX-License-Identifier: Apache-2.0
#include "service/http/multipart.h"

#include <gtest/gtest.h>

#include <random>

namespace verso::service {
namespace {

constexpr char kType[] = "multipart/form-data; boundary=\"xYz\"";
const std::string kBody =
    "preamble\r\n--xYz\r\nContent-Disposition: form-data; name=\"who\"\r\n\r\nAda\r\n"
    "--xYz\r\ncontent-disposition: form-data; name=\"scan\"; filename=\"C:\\\\pile\\\\a "
    "\\\"1\\\".tif\"\r\n"
    "Content-Type: image/tiff\r\n\r\nII*\r\n--xY\r\n\r\n--xYz\r\n"
    "Content-Disposition: form-data; name=empty\r\n\r\n\r\n--xYz--\r\n";

TEST(Multipart, PartsAreFoundWithTheirNamesAndTheirBytes) {
    const auto parts = parse_multipart(kType, kBody);
    ASSERT_TRUE(parts) << parts.error().text();
    ASSERT_EQ(parts->size(), 3U);
    EXPECT_EQ(parts->at(0).name, "who");
    EXPECT_EQ(parts->at(0).content, "Ada");
    EXPECT_EQ(parts->at(1).name, "scan");
    EXPECT_EQ(parts->at(1).file_name, "a \"1\".tif");
    EXPECT_EQ(parts->at(1).type, "image/tiff");
    EXPECT_EQ(parts->at(1).content, "II*\r\n--xY\r\n");
    EXPECT_EQ(parts->at(2).name, "empty");
    EXPECT_EQ(parts->at(2).content, "");
}

TEST(Multipart, EveryCutBodyIsRefused) {
    for (std::size_t length = 0; length < kBody.size() - 4; ++length) {
        EXPECT_FALSE(parse_multipart(kType, kBody.substr(0, length))) << length;
    }
}

TEST(Multipart, BoundariesAreLookedAt) {
    EXPECT_FALSE(parse_multipart("multipart/form-data", kBody));
    EXPECT_FALSE(parse_multipart("multipart/form-data; boundary=other", kBody));
    EXPECT_FALSE(parse_multipart("multipart/form-data; boundary=" + std::string(71, 'x'), kBody));
}

TEST(Multipart, NoiseIsNeverMoreThanRefused) {
    constexpr unsigned kSeed = 20261122;
    SCOPED_TRACE(kSeed);
    std::mt19937 random(kSeed);
    int sound = 0;
    for (int round = 0; round < 2000; ++round) {
        std::string body = kBody;
        for (int i = 0; i < 3; ++i) body.at(random() % body.size()) = static_cast<char>(random());
        sound += parse_multipart(kType, body).has_value() ? 1 : 0;
    }
    EXPECT_GT(sound, 0);
    EXPECT_LT(sound, 2000);
}

}  // namespace
}  // namespace verso::service

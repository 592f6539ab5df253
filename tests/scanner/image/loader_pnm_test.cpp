// SPDX-License-Identifier: Apache-2.0
#include <fmt/format.h>
#include <gmock/gmock.h>

#include "tests/scanner/image/test_files.h"

namespace verso::scanner::test {
namespace {

using ::testing::HasSubstr;

std::string text_of(const std::string& samples, unsigned top) {
    std::string out;
    for (unsigned char c : samples) out += fmt::format("{}\n", c * top / 255);
    return out;
}

std::string fault_of(const std::string& bytes, bool bilevel = false) {
    const auto image = load_one(bytes, "x.pnm");
    return image ? picture_fault(*image, bilevel) : image.error().text();
}

std::string bits_of_picture(bool packed) {
    std::string out;
    unsigned byte = 0, count = 0;
    for (unsigned char c : picture_samples(1)) {
        const unsigned bit = c < 255 ? 1 : 0;
        if (!packed) out += char('0' + bit);
        byte = byte << 1 | bit;
        if (++count % 8 == 0 && packed) out += char(byte & 0xFF);
    }
    return out;
}

TEST(LoaderPnm, ReadsAllSixKinds) {
    EXPECT_EQ(fault_of("P1\n# a comment\n120 80\n" + bits_of_picture(false), true), "");
    EXPECT_EQ(fault_of("P2 120 80 # top\n 15\n" + text_of(picture_samples(1), 15)), "");
    EXPECT_EQ(fault_of("P3\n120\n80\n1000\n" + text_of(picture_samples(3), 1000)), "");
    EXPECT_EQ(fault_of("P4\n120 80\n" + bits_of_picture(true), true), "");
    EXPECT_EQ(fault_of("P5\n120 80\n255\n" + picture_samples(1)), "");
    EXPECT_EQ(fault_of("P6\n120 80\n255\n" + picture_samples(3)), "");
}

TEST(LoaderPnm, ReadsSixteenBits) {
    std::string samples;
    for (char c : picture_samples(1)) samples += {c, c};
    EXPECT_EQ(fault_of("P5\n120 80\n65535\n" + samples), "");
}

TEST(LoaderPnm, ReadsOnePictureAfterTheOther) {
    const std::string one = "P5\n120 80\n255\n" + picture_samples(1);
    const Pages pages = load_all(one + one + "P1\n120 80\n" + bits_of_picture(false));
    ASSERT_EQ(pages.size(), 3u);
    for (const auto& page : pages) ASSERT_TRUE(page.has_value()) << page.error().text();
    EXPECT_EQ(picture_fault(*pages[2], true), "");
    LoadLimits limits;
    limits.pages = 1;
    EXPECT_EQ(load_all(one + one, "x", limits).at(1).error().code, ErrorCode::LimitExceeded);
}

TEST(LoaderPnm, RefusesWhatIsShortOrTooLarge) {
    EXPECT_THAT(fault_of("P5\n120 80\n255\n" + picture_samples(1).substr(1)), HasSubstr("short"));
    EXPECT_THAT(fault_of("P2\n120 80\n255\n" + text_of(picture_samples(1), 255).substr(0, 9601)),
                HasSubstr("short"));
    EXPECT_THAT(fault_of("P5\n60000 60000\n255\nx"), HasSubstr("the limit is"));
    EXPECT_THAT(fault_of("P5\n29999 4000\n255\nx"), HasSubstr("short"));
    for (const char* head : {"P5\n", "P5\n120", "P5\n120 80\n0\nx", "P5\n120 80\n65536\nx",
                             "P5\n-1 80\n255\n", "P5\n99999999999 80\n255\n", "P5 0 0 255 "}) {
        EXPECT_FALSE(load_one(head, "x.pnm").has_value()) << head;
    }
}

}  // namespace
}  // namespace verso::scanner::test

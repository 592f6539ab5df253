// SPDX-License-Identifier: Apache-2.0
#include <gmock/gmock.h>

#include "tests/scanner/image/test_files.h"

namespace verso::scanner::test {
namespace {

using ::testing::HasSubstr;

TEST(LoaderHeif, GivesEveryPictureOfAFile) {
    const Pages pages = load_all(read_bytes("two.heic"));
    ASSERT_EQ(pages.size(), 2u);
    for (const auto& page : pages) {
        ASSERT_TRUE(page.has_value()) << page.error().text();
        EXPECT_EQ(picture_fault(*page), "");
    }
    LoadLimits limits;
    limits.pages = 1;
    EXPECT_EQ(load_all(read_bytes("two.heic"), "two.heic", limits).at(1).error().code,
              ErrorCode::LimitExceeded);
}

TEST(LoaderHeif, NeverGivesHalfAPicture) {
    for (const char* name : {"base.heic", "base.avif"}) {
        const std::string whole = read_bytes(name);
        for (std::size_t size = 12; size < whole.size(); size += 3) {
            const auto image = load_one(whole.substr(0, size), name);
            if (!image) continue;
            EXPECT_EQ(picture_fault(*image), "") << name << " cut to " << size;
        }
    }
}

TEST(LoaderHeif, TellsWhatIsWrong) {
    std::string bytes = read_bytes("base.heic");
    bytes.resize(100);
    const auto cut = load_one(bytes, "phone.heic");
    ASSERT_FALSE(cut.has_value());
    EXPECT_EQ(cut.error().code, ErrorCode::FormatInvalid);
    EXPECT_THAT(cut.error().text(), HasSubstr("phone.heic"));
    EXPECT_NE(cut.error().cure, "");
}

}  // namespace
}  // namespace verso::scanner::test

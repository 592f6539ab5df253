// SPDX-License-Identifier: Apache-2.0
#include <gmock/gmock.h>

#include "tests/scanner/image/test_files.h"

namespace verso::scanner::test {
namespace {

using ::testing::HasSubstr;

TEST(LoaderWebp, NeverGivesHalfAPicture) {
    for (const char* name : {"base.webp", "lossy.webp", "alpha.webp"}) {
        const std::string whole = read_bytes(name);
        for (std::size_t size = 12; size < whole.size(); ++size) {
            const auto image = load_one(whole.substr(0, size), name);
            if (!image) continue;
            EXPECT_EQ(picture_fault(*image), "") << name << " cut to " << size;
        }
    }
}

TEST(LoaderWebp, RefusesAnimations) {
    const auto image = load_one(read_bytes("animation.webp"), "a.webp");
    ASSERT_FALSE(image.has_value());
    EXPECT_THAT(image.error().text(), HasSubstr("a.webp, page 1: the WebP is an animation"));
}

}  // namespace
}  // namespace verso::scanner::test

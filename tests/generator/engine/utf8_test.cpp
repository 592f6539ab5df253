// SPDX-License-Identifier: Apache-2.0
#include "generator/fonts/utf8.h"

#include <gtest/gtest.h>

namespace verso::generator {
namespace {

TEST(Utf8Step, ReadsCharactersOfEachLength) {
    EXPECT_EQ(utf8_step("A", 0).character, U'A');
    EXPECT_EQ(utf8_step("é", 0).character, U'é');
    EXPECT_EQ(utf8_step("€", 0).character, U'€');
    EXPECT_EQ(utf8_step("🙂", 0).character, U'🙂');
    EXPECT_EQ(utf8_step("🙂", 0).length, 4);
    EXPECT_TRUE(utf8_step("🙂", 0).valid);
}

TEST(Utf8Step, RefusesWhatIsNotWellFormed) {
    for (const std::string_view bad :
         {"\x80", "\xC3", "\xC0\xAF", "\xE2\x82", "\xE0\x80\xAF", "\xED\xA0\x80",
          "\xF4\x90\x80\x80", "\xF5\x80\x80\x80", "\xFF", "\xC3(", "\xF0\x9F\x99("}) {
        EXPECT_FALSE(utf8_step(bad, 0).valid) << testing::PrintToString(bad);
        EXPECT_EQ(utf8_step(bad, 0).length, 1);
    }
}

}  // namespace
}  // namespace verso::generator

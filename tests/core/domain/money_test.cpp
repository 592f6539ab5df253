// SPDX-License-Identifier: Apache-2.0
#include "core/domain/money.h"

#include <gtest/gtest.h>

namespace verso {
namespace {

TEST(Money, ReadsTheFormsOfExports) {
    const std::pair<const char*, std::int64_t> cases[] = {
        {"113.30", 11330}, {"113,30", 11330}, {"50", 5000},         {"4.9", 490},
        {"-4.90", -490},   {"0.00", 0},       {"1 113.30", 111330}, {"+2.05", 205}};
    for (const auto& [text, minor] : cases) {
        const auto money = parse_money(text);
        ASSERT_TRUE(money.has_value()) << text;
        EXPECT_EQ(money->minor, minor) << text;
    }
}

TEST(Money, RefusesTheRest) {
    for (const char* text : {"", "-", ".", "1.", ".5", "1.234", "1,2,3", "abc", "12.3x", "1e5",
                             "99999999999999999999", "€5"}) {
        EXPECT_FALSE(parse_money(text).has_value()) << text;
    }
}

TEST(Money, WritesAPointAndTwoDecimals) {
    EXPECT_EQ(format_money({11330}), "113.30");
    EXPECT_EQ(format_money({-5}), "-0.05");
    EXPECT_EQ(format_money({0}), "0.00");
}

}  // namespace
}  // namespace verso

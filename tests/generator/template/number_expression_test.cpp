// SPDX-License-Identifier: Apache-2.0
#include "generator/template/number_expression.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace verso::generator {
namespace {

using testing::HasSubstr;

const Settings kSettings{{"window_x", 15}, {"margin", 2.5}};

TEST(NumberExpression, FollowsTheRulesOfArithmetic) {
    const std::pair<const char*, double> cases[] = {
        {"3", 3},
        {"window_x + margin", 17.5},
        {" 2 * (margin - 0.5) ", 4},
        {"window_x - 2 * margin / 5", 14},
        {"-margin - -1", -1.5},
        {"10 - 2 - 3", 5},
    };
    for (const auto& [text, value] : cases) {
        const auto result = evaluate_number(text, kSettings);
        ASSERT_TRUE(result) << text << ": " << result.error().text();
        EXPECT_DOUBLE_EQ(*result, value) << text;
    }
}

TEST(NumberExpression, TellsWhatIsWrong) {
    const std::pair<const char*, const char*> cases[] = {
        {"", "missing"},          {"3 +", "missing"}, {"(3", ")"},       {"3 4", "too much"},
        {"window_y", "window_x"}, {"1 / 0", "by 0"},  {"3 ; 4", "much"},
    };
    for (const auto& [text, part] : cases) {
        const auto result = evaluate_number(text, kSettings);
        ASSERT_FALSE(result) << text;
        EXPECT_THAT(result.error().text(), HasSubstr(part)) << text;
    }
    EXPECT_FALSE(evaluate_number(std::string(100000, '('), kSettings));
    EXPECT_FALSE(evaluate_number(std::string(100000, '-'), kSettings));
}

}  // namespace
}  // namespace verso::generator

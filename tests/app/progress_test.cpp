// SPDX-License-Identifier: Apache-2.0
#include "app/progress.h"

#include <gmock/gmock.h>

#include <algorithm>
#include <sstream>

namespace verso::app {
namespace {

using testing::HasSubstr;
using testing::MatchesRegex;
using testing::Not;

constexpr std::chrono::milliseconds kNoPause{0};

std::string told(ProgressStyle style, std::size_t total, std::size_t steps) {
    std::ostringstream out;
    {
        Progress progress(out, style, "cards read", total, kNoPause);
        for (std::size_t i = 0; i < steps; ++i) progress.advance();
    }
    return out.str();
}

TEST(Progress, LinesComeAtEachTenthAndAtTheEnd) {
    const std::string text = told(ProgressStyle::Lines, 1000, 1000);
    EXPECT_EQ(std::count(text.begin(), text.end(), '\n'), 10);
    EXPECT_THAT(text, HasSubstr("cards read: 300 of 1000\n"));
    EXPECT_THAT(text, HasSubstr("cards read: 1000 of 1000 in "));
    EXPECT_THAT(text, Not(HasSubstr("\r")));
}

TEST(Progress, LinesDoNotFloodTheLog) {
    std::ostringstream out;
    Progress progress(out, ProgressStyle::Lines, "cards read", 1000, std::chrono::hours(1));
    progress.advance(999);
    EXPECT_EQ(out.str(), "");
}

TEST(Progress, ShortStepsAreNotCountedTwice) {
    EXPECT_THAT(told(ProgressStyle::Lines, 1, 1),
                MatchesRegex("cards read: 1 of 1 in [0-9.]+ s\n"));
}

TEST(Progress, BarIsDrawnOverItselfAndLeavesOneLine) {
    const std::string text = told(ProgressStyle::Bar, 3, 3);
    EXPECT_THAT(text, HasSubstr("\rcards read [....."));
    EXPECT_EQ(std::count(text.begin(), text.end(), '\n'), 1);
    EXPECT_THAT(text, HasSubstr("\r\033[Kcards read: 3 of 3 in "));
}

TEST(Progress, SaysHowFarItCameWhenCutShort) {
    EXPECT_THAT(told(ProgressStyle::Lines, 10, 4), HasSubstr("cards read: 4 of 10 in "));
}

TEST(Progress, SilentSaysNothing) {
    EXPECT_EQ(told(ProgressStyle::Silent, 10, 10), "");
    EXPECT_EQ(told(ProgressStyle::Lines, 0, 0), "");
}

}  // namespace
}  // namespace verso::app

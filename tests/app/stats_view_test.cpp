// SPDX-License-Identifier: Apache-2.0
#include "app/stats_view.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <sstream>

#include "records/figures/figures_json.h"

namespace verso::app {
namespace {

using records::FigureCell;
using records::kAllTime;
using ::testing::HasSubstr;
using ::testing::Not;

const StatsStyle kAscii{false, -1}, kBlocks{true, -1};

TEST(StatsView, BarsAreAsWideAsAsked) {
    EXPECT_EQ(bar(0, 4, kAscii), "    ");
    EXPECT_EQ(bar(0.5, 4, kAscii), "##  ");
    EXPECT_EQ(bar(7, 4, kAscii), "####");
    EXPECT_EQ(bar(-1, 4, kAscii), "    ");
    EXPECT_EQ(bar(0.5, 4, kBlocks), "██  ");
    EXPECT_EQ(bar(0.53125, 4, kBlocks), "██▏ ");
    EXPECT_EQ(bar(1, 2, kBlocks), "██");
}

TEST(StatsView, ASparklineHasACharacterAWeek) {
    EXPECT_EQ(sparkline({1.0, std::nullopt, 3.0, 5.0}, 1, 5, kAscii), "_ ~#");
    EXPECT_EQ(sparkline({1.0, std::nullopt, 5.0}, 1, 5, kBlocks), "▁ █");
    EXPECT_EQ(sparkline({0.0, 9.0}, 1, 5, kAscii), "_#");
    EXPECT_EQ(sparkline({}, 1, 5, kAscii), "");
}

records::Figures sample_figures() {
    records::FigureCells cells;
    cells.all = {{"all", "", "printed", 0, kAllTime, 20},
                 {"all", "", "responded", 0, kAllTime, 9},
                 {"all", "", "q/overall", 5, kAllTime, 6},
                 {"all", "", "q/overall", 1, kAllTime, 3}};
    cells.groups = {{"carrier", "Big", "printed", 0, kAllTime, 15},
                    {"carrier", "Big", "responded", 0, kAllTime, 7},
                    {"carrier", "Big", "q/overall", 5, kAllTime, 6},
                    {"carrier", "Big", "q/overall", 1, kAllTime, 1},
                    {"carrier", "Small", "printed", 0, kAllTime, 5},
                    {"carrier", "Small", "responded", 0, kAllTime, 2},
                    {"carrier", "Small", "q/overall", 1, kAllTime, 2}};
    return records::figures_of(cells, "carrier");
}

TEST(StatsView, SmallGroupsShowNoAnswer) {
    std::ostringstream results, remarks;
    Output out(results, remarks, {});
    show_figures(sample_figures(), {}, kAscii, out);
    EXPECT_THAT(results.str(), HasSubstr("9 answered (45.0 % of 20)"));
    EXPECT_THAT(results.str(), ::testing::ContainsRegex("\nSmall +5 +<5\n"));
    const auto lines = figures_json(sample_figures(), {}, -1);
    ASSERT_EQ(lines.size(), 3U);
    EXPECT_THAT(lines.at(1), HasSubstr("\"key\":\"Big\""));
    EXPECT_THAT(lines.at(2), HasSubstr("\"hidden\":true"));
    EXPECT_THAT(lines.at(2), Not(HasSubstr("responded")));
    EXPECT_THAT(lines.at(2), Not(HasSubstr("questions")));
}

TEST(StatsView, AnAlertMarksALowLowerBound) {
    std::ostringstream results, remarks;
    Output out(results, remarks, {});
    show_figures(sample_figures(), {}, {false, 60}, out);
    EXPECT_THAT(results.str(), ::testing::ContainsRegex("Big .*alert\n"));
    EXPECT_THAT(figures_json(sample_figures(), {}, 60).at(1), HasSubstr("\"alert\":true"));
    EXPECT_THAT(figures_json(sample_figures(), {}, 40).at(1), HasSubstr("\"alert\":false"));
}

}  // namespace
}  // namespace verso::app

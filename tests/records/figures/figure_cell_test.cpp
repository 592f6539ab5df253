// SPDX-License-Identifier: Apache-2.0
#include "records/figures/figure_cell.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace verso::records {
namespace {

FigureEntry sample_entry(int overall = 4, DayNumber day = 20'000) {
    FigureEntry entry;
    entry.keys = {{"all", ""}, {"carrier", "Colis \"Été\"\n"}};
    entry.measures = {{measure_of("overall"), overall, day}, {std::string(kResponded), 0, day - 9}};
    entry.own = {{{"sku", "SEL-1"}, {std::string(kProductStars), 5, day}}};
    return entry;
}

TEST(FigureCell, AWeekBeginsOnItsMonday) {
    EXPECT_EQ(week_of(4), 4);            // Monday 1970-01-05
    EXPECT_EQ(week_of(10), 4);           // the Sunday after
    EXPECT_EQ(week_of(11), 11);          // the next Monday
    EXPECT_EQ(week_of(0), -3);           // Thursday 1970-01-01
    EXPECT_EQ(week_of(-4), -10);         // a Sunday of 1969
    EXPECT_EQ(week_of(20'779), 20'773);  // Sunday 2026-11-22
    for (DayNumber day = -1000; day < 30'000; ++day) ASSERT_NE(week_of(day), kAllTime) << day;
}

TEST(FigureCell, TheTextOfAnEntryGivesItBack) {
    const FigureEntry entry = sample_entry();
    const std::string text = to_text(entry);
    EXPECT_EQ(text.find('\n'), std::string::npos);
    EXPECT_EQ(parse_entry(text).value(), entry);
    EXPECT_EQ(parse_entry(to_text(entry.reversed())).value().n, -1);
    EXPECT_EQ(parse_entry(to_text(FigureEntry{})).value(), FigureEntry{});
}

TEST(FigureCell, WhatIsNoEntryIsSaid) {
    for (const char* text : {"", "{", "[]", "null", "{\"n\":1}", R"({"n":"1","k":[],"m":[]})",
                             R"({"n":1,"k":[["all"]],"m":[]})", R"({"n":1,"k":[],"m":[["x",1]]})",
                             R"({"n":1,"k":[],"m":[],"o":[1]})"}) {
        EXPECT_EQ(parse_entry(text).error().code, ErrorCode::FormatInvalid) << text;
    }
}

TEST(FigureCell, EachMeasureCountsUnderEachKeyAndTheOwnOnesOnce) {
    EXPECT_THAT(deltas_of(sample_entry()),
                ::testing::UnorderedElementsAre(
                    FigureDelta{"all", "", "q/overall", 4, 20'000, 1},
                    FigureDelta{"all", "", "responded", 0, 19'991, 1},
                    FigureDelta{"carrier", "Colis \"Été\"\n", "q/overall", 4, 20'000, 1},
                    FigureDelta{"carrier", "Colis \"Été\"\n", "responded", 0, 19'991, 1},
                    FigureDelta{"sku", "SEL-1", "product", 5, 20'000, 1}));
}

TEST(FigureCell, FoldingCountsInTheWeekAndOverAllTime) {
    std::vector<FigureEntry> entries;
    for (const DayNumber day : {11, 17, 18}) {
        entries.push_back({{{"all", ""}}, {{measure_of("overall"), 4, day}}, {}, 1});
    }
    EXPECT_THAT(cells_of(entries),
                ::testing::ElementsAre(FigureCell{"all", "", "q/overall", 4, 0, 3},
                                       FigureCell{"all", "", "q/overall", 4, 11, 2},
                                       FigureCell{"all", "", "q/overall", 4, 18, 1}));
}

TEST(FigureCell, WhatIsTakenBackLeavesNothing) {
    const std::vector<FigureEntry> entries{sample_entry(4), sample_entry(2),
                                           sample_entry(4).reversed()};
    EXPECT_EQ(cells_of(entries), cells_of(std::vector{sample_entry(2)}));
    EXPECT_TRUE(cells_of(std::vector{sample_entry(), sample_entry().reversed()}).empty());
}

TEST(FigureCell, FoldingInPartsIsFoldingAtOnce) {
    std::vector<FigureCell> parts, once;
    std::vector<FigureEntry> entries;
    for (int i = 0; i < 50; ++i) {
        entries.push_back(sample_entry(1 + i % 5, 20'000 + i));
        const auto part = cells_of(std::vector{entries.back()});
        parts.insert(parts.end(), part.begin(), part.end());
    }
    EXPECT_EQ(add_cells(parts), cells_of(entries));
}

TEST(FigureCell, AQueryTellsWeeksFromAllTime) {
    const FigureCell all{"all", "", "printed", 0, kAllTime, 1},
        week{"all", "", "printed", 0, 11, 1};
    EXPECT_TRUE(FigureQuery{}.wants(all));
    EXPECT_FALSE(FigureQuery{}.wants(week));
    const FigureQuery weeks{"all", std::nullopt, -10, 11};
    EXPECT_TRUE(weeks.wants(week));
    EXPECT_FALSE(weeks.wants(all));
    EXPECT_FALSE((FigureQuery{"all", "x", kAllTime, kAllTime}).wants(all));
    EXPECT_FALSE((FigureQuery{"sku"}).wants(all));
}

}  // namespace
}  // namespace verso::records

// SPDX-License-Identifier: Apache-2.0
#include "core/util/time.h"

#include <gtest/gtest.h>

namespace verso {
namespace {

using namespace std::chrono_literals;

TEST(Time, ReadsTheShopsOffset) {
    const auto time = parse_time("2026-10-01T11:36:43+02:00");
    ASSERT_TRUE(time.has_value());
    EXPECT_EQ(format_utc(time->utc), "2026-10-01T09:36:43Z");
    EXPECT_EQ(time->offset, 120min);
    EXPECT_EQ(format_time(*time), "2026-10-01T11:36:43+02:00");
}

TEST(Time, ReadsTheFormsThatShopsExport) {
    for (const char* text :
         {"2026-05-14 11:23:45 +0100", "2026-05-14T11:23:45.123+01:00", "2026-05-14T11:23:45+01"}) {
        const auto time = parse_time(text);
        ASSERT_TRUE(time.has_value()) << text;
        EXPECT_EQ(format_time(*time), "2026-05-14T11:23:45+01:00") << text;
    }
    EXPECT_EQ(format_time(*parse_time("2026-05-14T11:23:45")), "2026-05-14T11:23:45Z");
    EXPECT_EQ(format_time(*parse_time("2026-05-14T11:23:45-03:30")), "2026-05-14T11:23:45-03:30");
}

TEST(Time, KeepsTheCalendarDayOfTheShop) {
    const auto late = parse_time("2026-10-02T00:15:00+02:00");
    EXPECT_EQ(format_utc(late->utc), "2026-10-01T22:15:00Z");
    EXPECT_EQ(format_day(late->local_day()), "2026-10-02");
}

TEST(Time, RefusesWhatNoCalendarOrClockHas) {
    for (const char* text :
         {"", "tomorrow", "2026-02-30T10:00:00Z", "2026-13-01T10:00:00Z", "2026-10-01T24:00:00Z",
          "2026-10-01T10:60:00Z", "2026-10-01", "2026-10-01T10:00:00+25:00",
          "2026-10-01T10:00:00Zebra", "2026/10/01 10:00:00", "45384.34789"}) {
        const auto time = parse_time(text);
        ASSERT_FALSE(time.has_value()) << text;
        EXPECT_EQ(time.error().code, ErrorCode::ValueInvalid);
        EXPECT_NE(time.error().message.find(text), std::string::npos);
    }
}

TEST(Day, RoundTripsAndRefuses) {
    EXPECT_EQ(format_day(*parse_day("2024-02-29")), "2024-02-29");
    for (const char* text : {"2023-02-29", "2024-2-29", "29.02.2024", "2024-02-29T"}) {
        EXPECT_FALSE(parse_day(text).has_value()) << text;
    }
}

}  // namespace
}  // namespace verso

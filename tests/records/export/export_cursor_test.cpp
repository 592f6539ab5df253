// SPDX-License-Identifier: Apache-2.0
#include "records/export/export_cursor.h"

#include <gtest/gtest.h>

#include <random>
#include <set>

#include "tests/records/builders.h"

namespace verso::records {
namespace {

using namespace verso::records::testing;

Response row(const std::string& order, std::int64_t second, int overall = 4) {
    Response row;
    row.order = OrderNumber{order};
    row.card = CardId{7};
    row.answers = {{"overall", overall}};
    row.recorded_at = at(second);
    return row;
}

/// What an export gives, and the cursor as it is printed and given back.
std::vector<std::string> give(const std::vector<Response>& rows, std::string& cursor) {
    const ExportCursor since =
        cursor.empty() ? ExportCursor() : ExportCursor::parse(cursor).value();
    ExportCursor::Advance advance(since);
    std::vector<std::string> given;
    for (const Response& each : rows) {
        advance.saw(each);
        if (since.is_new(each)) given.push_back(each.order.get());
    }
    cursor = advance.cursor().text();
    return given;
}

TEST(ExportCursor, GivesOnlyWhatIsNew) {
    std::string cursor;
    std::vector<Response> rows{row("#1", 0), row("#2", 100)};
    EXPECT_EQ(give(rows, cursor), (std::vector<std::string>{"#1", "#2"}));
    EXPECT_EQ(give(rows, cursor), std::vector<std::string>{});
    rows.push_back(row("#3", 101));
    EXPECT_EQ(give(rows, cursor), std::vector<std::string>{"#3"});
    EXPECT_EQ(give(rows, cursor), std::vector<std::string>{});
}

TEST(ExportCursor, TheSameSecondLosesNothing) {
    std::string cursor;
    std::vector<Response> rows{row("#5", 100)};
    EXPECT_EQ(give(rows, cursor).size(), 1U);
    rows.push_back(row("#1", 100));
    rows.push_back(row("#9", 95));  // another writer, seen late
    EXPECT_EQ(give(rows, cursor), (std::vector<std::string>{"#1", "#9"}));
}

TEST(ExportCursor, AnAmendedAnswerComesAgain) {
    std::string cursor;
    give({row("#1", 100, 4)}, cursor);
    EXPECT_EQ(give({row("#1", 100, 2)}, cursor), std::vector<std::string>{"#1"});
    EXPECT_EQ(give({row("#1", 900, 5)}, cursor), std::vector<std::string>{"#1"});
}

TEST(ExportCursor, AnEmptyShopHasACursorToo) {
    std::string cursor;
    EXPECT_TRUE(give({}, cursor).empty());
    EXPECT_EQ(give({row("#1", 0)}, cursor).size(), 1U);
}

TEST(ExportCursor, WhatIsNoneIsSaid) {
    for (const char* text : {"", "x", "v1.", "v1.-1", "v1.1e5", "v1.5.abc", "v1.5.ABCDEF01",
                             "v1.99999999999999999999", "2026-10-05", "v2.5"}) {
        EXPECT_EQ(ExportCursor::parse(text).error().code, ErrorCode::ValueInvalid) << text;
    }
    EXPECT_EQ(ExportCursor::parse("v1.5.01234567").value().text(), "v1.5.01234567");
}

TEST(ExportCursor, ManyAtOnceKeepItShort) {
    std::string cursor;
    std::vector<Response> rows;
    for (int i = 0; i < 6000; ++i) rows.push_back(row("#" + std::to_string(i), 100));
    EXPECT_EQ(give(rows, cursor).size(), 6000U);
    EXPECT_LT(cursor.size(), 8100U);
    EXPECT_EQ(give(rows, cursor).size(), 5000U) << "once more than once, never less";
}

TEST(ExportCursor, AtRandomEveryRowComesExactlyOnce) {
    const unsigned seed = 17;
    std::mt19937 random(seed);
    std::string cursor;
    std::vector<Response> rows;
    std::multiset<std::string> given;
    std::int64_t now = 0;
    for (int round = 0; round < 60; ++round) {
        now += random() % 8;
        for (unsigned i = random() % 5; i > 0; --i) {
            rows.push_back(row("#" + std::to_string(rows.size()), now - random() % 5));
        }
        for (const std::string& order : give(rows, cursor)) given.insert(order);
    }
    EXPECT_EQ(given.size(), rows.size()) << "seed " << seed;
    for (const Response& each : rows) EXPECT_EQ(given.count(each.order.get()), 1U);
}

}  // namespace
}  // namespace verso::records

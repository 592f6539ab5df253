// SPDX-License-Identifier: Apache-2.0
#include "service/api/list_cursor.h"

#include <gmock/gmock.h>

#include <random>

namespace verso::service {
namespace {

using ::testing::ElementsAre;
using ::testing::IsEmpty;

Instant at(long long seconds) { return Instant{std::chrono::seconds{1'790'000'000 + seconds}}; }

ListCursor::Row row(long long id, long long second) {
    return {{second, id}, at(second), std::to_string(id)};
}

TEST(ListCursor, IsReadBackAndNothingElseIs) {
    ListCursor cursor;
    cursor.take({row(1, 0), row(2, 99)}, 10, at(100));
    auto back = ListCursor::parse(cursor.text());
    ASSERT_TRUE(back) << cursor.text();
    EXPECT_EQ(back->text(), cursor.text());
    EXPECT_EQ(back->place(), (records::ListPlace{0, 1}));
    for (const char* bad :
         {"", "v1", "v1.", "v1.1", "v1.1.", "v1.-1.2", "v1.1.2.x", "v1.1.2.0123", "v2.1.2",
          "v1.99999999999999999999.1", "v1.1.2.ABCDEF0123", "v1. 1.2"}) {
        EXPECT_EQ(ListCursor::parse(bad).error().code, ErrorCode::Usage) << bad;
    }
    EXPECT_FALSE(ListCursor::parse("v1.1.2." + std::string(10 * 201, 'a')));
}

TEST(ListCursor, AYoungRowIsGivenOnceAndHoldsThePlace) {
    ListCursor cursor;
    EXPECT_THAT(cursor.take({row(1, 0), row(2, 95)}, 10, at(100)).chosen, ElementsAre(0, 1));
    EXPECT_EQ(cursor.place().id, 1);
    // One that became visible late, before the young one.
    EXPECT_THAT(cursor.take({row(3, 94), row(2, 95)}, 10, at(101)).chosen, ElementsAre(0));
    EXPECT_THAT(cursor.take({row(3, 94), row(2, 95)}, 10, at(200)).chosen, IsEmpty());
    EXPECT_EQ(cursor.place().id, 2);
}

TEST(ListCursor, ManyYoungRowsWaitAndNoneIsLost) {
    std::vector<ListCursor::Row> rows;
    for (int i = 0; i < 500; ++i) rows.push_back(row(i, 100));
    ListCursor cursor;
    EXPECT_EQ(cursor.take(rows, 1000, at(100)).chosen.size(), ListCursor::kMostMarks);
    EXPECT_THAT(cursor.take(rows, 1000, at(101)).chosen, IsEmpty());
    EXPECT_LT(cursor.text().size(), 2100U);
    EXPECT_EQ(cursor.take(rows, 1000, at(120)).chosen.size(), 300U);
}

/// Rows become visible up to nine seconds after their moment, in any order; whoever polls sees each
/// once.
TEST(ListCursor, EachRowOnceWhateverTheOrder) {
    const unsigned seed = 20261122;
    SCOPED_TRACE(seed);
    std::mt19937 random(seed);
    struct Made {
        ListCursor::Row row;
        long long visible;
    };
    std::vector<Made> all;
    for (int i = 0; i < 600; ++i) {
        const auto second = static_cast<long long>(random() % 200);
        all.push_back({row(i, second), second + static_cast<long long>(random() % 9)});
    }
    std::map<std::string, int> given;
    ListCursor cursor;
    for (long long now = 0; now < 400; ++now) {
        const int limit = 1 + static_cast<int>(random() % 40);
        std::vector<ListCursor::Row> rows;
        for (const Made& one : all) {
            if (one.visible <= now && one.row.place > cursor.place()) rows.push_back(one.row);
        }
        std::sort(rows.begin(), rows.end(),
                  [](const auto& a, const auto& b) { return a.place < b.place; });
        rows.resize(std::min(rows.size(), static_cast<std::size_t>(cursor.rows_for(limit))));
        for (const std::size_t index : cursor.take(rows, limit, at(now)).chosen) {
            ++given[rows[index].mark];
        }
        cursor = ListCursor::parse(cursor.text()).value();
    }
    EXPECT_EQ(given.size(), all.size());
    for (const auto& [mark, times] : given) EXPECT_EQ(times, 1) << mark;
}

}  // namespace
}  // namespace verso::service

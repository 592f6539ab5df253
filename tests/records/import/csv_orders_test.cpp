// SPDX-License-Identifier: Apache-2.0
// Rows of orders in any arrangement give the same orders.
#include "records/import/csv_orders.h"

#include <fmt/format.h>
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "records/import/neutral_csv.h"
#include "tests/records/import/import_sources.h"

namespace verso::records {
namespace {

using testing::KeepingSink;

constexpr std::string_view kHeader =
    "order,placed_at,status,payment,currency,name,line1,postcode,city,country,line,title,quantity,"
    "unit_price,total\n";

std::string row(int order, int line, std::string_view country = "FR") {
    return fmt::format(
        "S-{},2026-10-02T08:00:00+02:00,open,paid,EUR,\"Anna\n\"\"S\"\"\",1 Example Street,07140,"
        "Exampleville,{},{},Soap,2,4.90,14.70\n",
        order, country, line);
}

KeepingSink read(const std::vector<std::string>& rows,
                 std::size_t most = static_cast<std::size_t>(-1)) {
    std::string text(kHeader);
    for (const auto& each : rows) text += each;
    KeepingSink sink;
    sink.most = most;
    const auto source = memory_source(text);
    const auto count = read_csv_orders(*source, TextEncoding::Utf8, neutral_csv_form(), sink);
    EXPECT_TRUE(count) << count.error().text();
    EXPECT_TRUE(most <= rows.size() || count.value_or(0) == rows.size());
    std::sort(sink.orders.begin(), sink.orders.end(),
              [](const Order& a, const Order& b) { return a.number < b.number; });
    return sink;
}

TEST(CsvOrders, RowsInAnyArrangementGiveTheSameOrders) {
    const auto seed = std::random_device{}();
    SCOPED_TRACE("seed " + std::to_string(seed));
    std::mt19937 random(seed);
    std::vector<std::string> rows;
    for (int order = 0; order < 400; ++order) {
        for (int line = 1; line <= 3; ++line) rows.push_back(row(order, line));
    }
    const auto together = read(rows);
    ASSERT_EQ(together.orders.size(), 400U);
    for (int swaps : {1, 30, 2000}) {
        for (int i = 0; i < swaps; ++i) {
            std::swap(rows[random() % rows.size()], rows[random() % rows.size()]);
        }
        const auto scattered = read(rows);
        EXPECT_EQ(scattered.orders, together.orders) << swaps;
        EXPECT_TRUE(scattered.rejected.empty());
    }
}

TEST(CsvOrders, AnOrderIsHandedOnWhenItsRunEnds) {
    // The first order waits for its second row at the end; the two others do not.
    const auto sink = read({row(1, 1), row(2, 1), row(3, 1), row(1, 2)});
    EXPECT_THAT(sink.lines, ::testing::ElementsAre(4, 6, 2));
}

TEST(CsvOrders, AWrongRowRefusesItsOrderWhereverItStands) {
    const auto sink = read({row(1, 1), row(2, 1), row(3, 1, "France"), row(1, 2, "France")});
    ASSERT_EQ(sink.orders.size(), 1U);
    EXPECT_EQ(sink.orders[0].number, OrderNumber{"S-2"});
    EXPECT_EQ(sink.refused_orders, 2U);
    EXPECT_EQ(sink.rejected.size(), 3U);
    for (const auto& rejected : sink.rejected) {
        if (rejected.line == 2) {
            EXPECT_THAT(rejected.reason, ::testing::HasSubstr("line 8"));
        } else {
            EXPECT_EQ(rejected.column, "country");
        }
    }
}

TEST(CsvOrders, EndsWhenNoMoreIsWanted) {
    EXPECT_EQ(read({row(1, 1), row(2, 1), row(3, 1)}, 2).orders.size(), 2U);
}

TEST(CsvOrders, AnOrderWithoutEndIsRefused) {
    OrderCollector orders;
    std::vector<std::string> rows(100'003, row(1, 1));
    const auto sink = read(rows);
    EXPECT_TRUE(sink.orders.empty());
    EXPECT_EQ(sink.refused_orders, 1U);
}

}  // namespace
}  // namespace verso::records

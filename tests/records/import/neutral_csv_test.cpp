// SPDX-License-Identifier: Apache-2.0
// Each case changes one thing in a sound file of two orders and looks at what is told about it.
#include "records/import/neutral_csv.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace verso::records {
namespace {

using ::testing::HasSubstr;

const std::string kHeader =
    "order,placed_at,status,payment,currency,name,line1,postcode,city,country,line,title,quantity,"
    "unit_price,parcel,tracking,total,language\n";

std::string row(const std::string& order, int line, const std::string& from = "",
                const std::string& to = "") {
    std::string text = order +
                       ",2026-10-02T08:00:00+02:00,open,paid,EUR,Anna Specimen,1 Example Street,"
                       "07140,Exampleville,FR," +
                       std::to_string(line) + ",Soap,2,4.90,1,TEST-1,14.70,fr\n";
    if (!from.empty()) {
        const auto at = text.find(from);
        EXPECT_NE(at, std::string::npos) << from;
        text.replace(at, from.size(), to);
    }
    return text;
}

OrderCollector collect(const std::string& rows) {
    const std::string text = kHeader + rows;
    CsvReader reader(text, sniff_dialect(text));
    CsvRecord record;
    reader.next(record);
    const ColumnMap columns = ColumnMap::match(record.fields, neutral_columns()).value();
    OrderCollector orders;
    while (reader.next(record)) take_neutral_row(record, columns, orders);
    orders.finish();
    return orders;
}

/// The first refusal of a file whose second row is changed.
RejectedRow refusal(const std::string& from, const std::string& to) {
    const auto rejected =
        collect(row("S-1", 1) + row("S-1", 2, from, to) + row("S-2", 1)).rejected();
    for (const RejectedRow& each : rejected) {
        if (each.line == 3) return each;
    }
    return {};
}

TEST(NeutralCsv, TakesLinesInAnyOrder) {
    auto orders = collect(row("S-1", 2) + row("S-2", 1) + row("S-1", 1));
    EXPECT_TRUE(orders.rejected().empty());
    ASSERT_EQ(orders.orders().size(), 2U);
    const Order& order = orders.orders()[0].order;
    EXPECT_EQ(order.lines.at(0).line, 1);
    EXPECT_EQ(order.lines.at(1).line, 2);
    EXPECT_EQ(order.lines.at(1).line_total, Money{980});
    EXPECT_EQ(order.revision, 1);
    EXPECT_EQ(order.language, "fr");
}

TEST(NeutralCsv, NamesTheColumnOfEachWrongValue) {
    const std::vector<std::array<std::string, 3>> cases{{"Soap,2", "Soap,0", "quantity"},
                                                        {"Soap,2", "Soap,two", "quantity"},
                                                        {"4.90", "4.9.0", "unit_price"},
                                                        {",2,Soap", ",zero,Soap", "line"},
                                                        {",2,Soap", ",2,", "title"},
                                                        {"1,TEST-1", "0,TEST-1", "parcel"},
                                                        {"1,TEST-1", "1,TEST-9", "parcel"},
                                                        {"open", "opened", "status"},
                                                        {"paid", "payed", "payment"},
                                                        {"FR", "France", "country"},
                                                        {"EUR", "EURO", "currency"},
                                                        {"14.70", "much", "total"},
                                                        {"2026-10-02", "2026-13-02", "placed_at"}};
    for (const auto& [from, to, column] : cases) {
        // A fact that is wrong on one row differs from the other rows and is refused for that.
        EXPECT_EQ(refusal(from, to).column, column) << from << " -> " << to;
        auto alone = collect(row("S-1", 2, from, to)).rejected();
        if (to == "1,TEST-9") continue;
        ASSERT_EQ(alone.size(), 1U) << from << " -> " << to;
        EXPECT_EQ(alone[0].column, column);
        EXPECT_EQ(alone[0].line, 2U);
        EXPECT_EQ(alone[0].order, "S-1");
    }
}

TEST(NeutralCsv, OneBadRowRefusesItsOrderAndNoOther) {
    auto orders = collect(row("S-1", 1) + row("S-1", 2, "Soap,2", "Soap,-2") + row("S-2", 1));
    EXPECT_EQ(orders.orders()[0].bad_line, 3U);
    EXPECT_EQ(orders.orders()[1].bad_line, 0U);
    const auto rejected = orders.rejected();
    ASSERT_EQ(rejected.size(), 2U);
    EXPECT_EQ(rejected[0].line, 2U);
    EXPECT_THAT(rejected[0].reason, HasSubstr("because of line 3"));
}

TEST(NeutralCsv, FactsMustAgreeBetweenTheRowsOfAnOrder) {
    const RejectedRow told = refusal("Exampleville", "Elsewhere");
    EXPECT_EQ(told.column, "city");
    EXPECT_THAT(told.reason, HasSubstr("line 2"));
}

TEST(NeutralCsv, ALineNumberStandsOnce) {
    const auto rejected = collect(row("S-1", 1) + row("S-1", 1)).rejected();
    ASSERT_EQ(rejected.size(), 2U);
    EXPECT_THAT(rejected[1].reason, HasSubstr("stands in line 2"));
}

TEST(NeutralCsv, ARowWithoutAnOrderIsToldAlone) {
    const auto rejected = collect(row("", 1) + row("S-2", 1)).rejected();
    ASSERT_EQ(rejected.size(), 1U);
    EXPECT_EQ(rejected[0].order, "");
    EXPECT_EQ(rejected[0].column, "order");
}

TEST(NeutralCsv, AnUnclosedQuotationCostsItsOrderOnly) {
    auto orders = collect(row("S-1", 1, "Soap", "\"Soap") + row("S-2", 1));
    EXPECT_EQ(orders.orders().at(0).bad_line, 2U);
    EXPECT_EQ(orders.orders().at(1).bad_line, 0U);
}

}  // namespace
}  // namespace verso::records

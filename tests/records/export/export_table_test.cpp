// SPDX-License-Identifier: Apache-2.0
#include "records/export/export_table.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <nlohmann/json.hpp>

#include "records/export/return_table.h"
#include "tests/records/builders.h"

namespace verso::records {
namespace {

using namespace verso::records::testing;

ExportRow sample_row() {
    ExportRow row{sample_response(sample_print(OrderNumber{"#1001"}, LayoutNumber{1}, 5).insert, 2),
                  sample_order()};
    row.rating.comment = "=HYPERLINK(\"x\")";
    row.rating.products = {{1, 5}, {3, 4}};
    row.carrier = "Colissimo";
    return row;
}

TEST(ExportTable, CsvAndJsonHaveTheSameColumns) {
    const ExportRecord record = rating_record(sample_row(), {"overall", "nps"});
    const auto json = nlohmann::json::parse(table_line(record, TableFormat::JsonLines));
    EXPECT_EQ(json.size(), record.size());
    EXPECT_EQ(json.at("answer_overall"), 2);
    EXPECT_EQ(json.at("answer_nps"), nullptr);
    EXPECT_EQ(json.at("products"), "1:5 3:4");
    EXPECT_EQ(json.at("publish"), false);
    EXPECT_EQ(table_head(record, TableFormat::JsonLines), "");
    const std::string head = table_head(record, TableFormat::Csv);
    const std::string line = table_line(record, TableFormat::Csv);
    EXPECT_EQ(std::count(head.begin(), head.end(), ','), record.size() - 1);
    EXPECT_THAT(line, ::testing::HasSubstr(",2,,1:5 3:4,\"'=HYPERLINK(\"\"x\"\")\",false,false,"));
    EXPECT_TRUE(line.ends_with("\r\n"));
}

TEST(ExportTable, AResponseSaysWhetherItCounts) {
    const auto json = nlohmann::json::parse(
        table_line(response_record({sample_row(), true}, {"overall"}), TableFormat::JsonLines));
    EXPECT_EQ(json.at("counts"), true);
}

TEST(ExportTable, SegmentsByTheAnswer) {
    Rating rating;
    const auto of = [&](int overall) {
        rating.answers["overall"] = overall;
        return to_string(segment_of(rating));
    };
    EXPECT_EQ(of(5), "happy");
    EXPECT_EQ(of(4), "happy");
    EXPECT_EQ(of(3), "neutral");
    EXPECT_EQ(of(2), "unhappy");
    EXPECT_EQ(to_string(segment_of(std::nullopt)), "silent");
    rating.kind = ResponseKind::NotReceived;
    EXPECT_EQ(of(5), "not-received");
    rating.kind = ResponseKind::Cancelled;
    EXPECT_EQ(of(5), "cancelled");
}

TEST(ExportTable, EmailsOnlyWhenAskedFor) {
    const SegmentRow row{sample_order(), Segment::Silent, std::nullopt};
    for (const auto& [column, value] : segment_record(row, false)) EXPECT_NE(column, "email");
    EXPECT_EQ(segment_record(row, true).back().first, "email");
}

TEST(ExportTable, AReturnedLine) {
    Return made;
    made.rma = Rma{"7QF2M4KD9"};
    made.order = OrderNumber{"#1001"};
    const ReturnLine line{1, 2, 1, ReturnReason::Damaged};
    const auto json = nlohmann::json::parse(
        table_line(return_record(made, line, sample_order(), at(0)), TableFormat::JsonLines));
    EXPECT_EQ(json.at("sku"), "SEL-1");
    EXPECT_EQ(json.at("received"), 1);
    EXPECT_EQ(json.at("reason"), "damaged");
    const auto unknown = nlohmann::json::parse(
        table_line(return_record(made, {9, 0, 1}, sample_order(), at(0)), TableFormat::JsonLines));
    EXPECT_EQ(unknown.at("sku"), "");
}

}  // namespace
}  // namespace verso::records

// SPDX-License-Identifier: Apache-2.0
#include "records/export/rating_export.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <sstream>

#include "core/domain/card_link.h"
#include "tests/records/builders.h"

namespace verso::records {
namespace {

using namespace verso::records::testing;

TEST(CsvCell, NoSpreadsheetRunsIt) {
    EXPECT_EQ(csv_cell("plain"), "plain");
    EXPECT_EQ(csv_cell("=1+1"), "'=1+1");
    EXPECT_EQ(csv_cell("+33"), "'+33");
    EXPECT_EQ(csv_cell("-1"), "'-1");
    EXPECT_EQ(csv_cell("@x"), "'@x");
    EXPECT_EQ(csv_cell("=a,\"b\""), "\"'=a,\"\"b\"\"\"");
    EXPECT_EQ(csv_cell("two\nlines"), "\"two\nlines\"");
    EXPECT_EQ(csv_cell(""), "");
}

class Exporting : public ::testing::Test {
  protected:
    void SetUp() override {
        store_ = std::move(open_sqlite_store(":memory:")).value();
        const LayoutNumber layout = store_->freeze_layout(sample_layout()).value().number;
        for (int i = 1; i <= 2; ++i) {
            const std::string number = "#100" + std::to_string(i);
            ASSERT_TRUE(store_->save_order(kShop, sample_order(number), at(0)));
            const auto printed =
                sample_print(OrderNumber{number}, layout, static_cast<std::uint64_t>(i));
            ASSERT_TRUE(store_->record_prints(kShop, std::span(&printed.insert, 1)));
            Response response = sample_response(printed.insert, i);
            if (i == 2) response.answers = {{"overall", 2}, {"again", 1}};
            response.comment = i == 1 ? "=cmd" : "";
            ASSERT_TRUE(store_->record_response(kShop, response, std::nullopt));
            cards_.push_back(format_card(printed.insert.card));
        }
    }
    const ShopId kShop{1};
    std::unique_ptr<Store> store_;
    std::vector<std::string> cards_;
};

TEST_F(Exporting, CsvHasAColumnPerQuestion) {
    std::ostringstream out;
    EXPECT_EQ(export_ratings_csv(*store_, kShop, out).value(), 2U);
    const std::string when = format_utc(at(1000)) + "\r\n";
    EXPECT_EQ(out.str(),
              "order,card,channel,overall,again,delivery,comment,publish,recorded_at\r\n#1001," +
                  cards_.at(0) + ",paper,1,,1,'=cmd,false," + when + "#1002," + cards_.at(1) +
                  ",paper,2,1,,,false," + when);
}

TEST_F(Exporting, JsonHasALinePerRating) {
    std::ostringstream out;
    EXPECT_EQ(export_ratings_json_lines(*store_, kShop, out).value(), 2U);
    EXPECT_THAT(out.str(), ::testing::StartsWith("{\"order\":\"#1001\",\"card\":\""));
    EXPECT_THAT(out.str(), ::testing::EndsWith("}\n"));
}

TEST_F(Exporting, AFullDiskIsSaid) {
    std::ostringstream out;
    out.setstate(std::ios::badbit);
    EXPECT_EQ(export_ratings_csv(*store_, kShop, out).error().code, ErrorCode::FileUnwritable);
    EXPECT_EQ(export_ratings_json_lines(*store_, kShop, out).error().code,
              ErrorCode::FileUnwritable);
}

}  // namespace
}  // namespace verso::records

// SPDX-License-Identifier: Apache-2.0
// A shop in memory with four answers: one to publish, one not, one of an insider, one silent card.
#include "app/export_job.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <sstream>

#include "records/store/desk_book.h"
#include "tests/records/builders.h"

namespace verso::app {
namespace {

using namespace verso::records::testing;
using ::testing::HasSubstr;
using ::testing::Not;

class Exports : public ::testing::Test {
  protected:
    void SetUp() override {
        store_ = std::move(records::open_sqlite_store(":memory:")).value();
        layout_ = store_->freeze_layout(sample_layout()).value().number;
        answer("#1", 2, "Publishable", true);
        answer("#2", 5, "Secret", false);
        answer("#3", 5, "Advertising", true, true);
        print("#4", false);
    }
    records::PrintedInsert print(const std::string& number, bool insider) {
        Order order = sample_order(number);
        order.insider = insider;
        order.lines.at(0).product_id = "77";
        EXPECT_TRUE(store_->save_order(kShop, order, at(0)));
        const auto printed = sample_print(order.number, layout_, next_++);
        EXPECT_TRUE(store_->record_prints(kShop, std::span(&printed.insert, 1)));
        return printed.insert;
    }
    void answer(const std::string& number, int overall, const std::string& comment, bool publish,
                bool insider = false) {
        Response response = sample_response(print(number, insider), overall, Channel::Qr);
        response.comment = comment;
        response.publish = publish;
        response.recorded_at = at(static_cast<std::int64_t>(100 * next_));
        EXPECT_TRUE(store_->record_response(kShop, response, std::nullopt));
    }
    Export make(const std::string& kind, const std::string& since = "", bool with_email = false) {
        ExportRequest request;
        request.kind = kind;
        request.since = since;
        request.with_email = with_email;
        request.publisher = {"Maison Essai", "https://shop.example.com", "", "1"};
        request.catalogue = records::Catalogue("https://shop.example.com/p/{sku}");
        auto made = make_export(*store_, kShop, request);
        EXPECT_TRUE(made) << kind << ": " << (made ? "" : made.error().text());
        return made ? *made : Export{};
    }
    static bool is_whole_table(const std::string& kind) {
        return kind == "segments" || kind == "returns";
    }
    const ShopId kShop{1};
    std::unique_ptr<records::Store> store_;
    LayoutNumber layout_;
    std::uint64_t next_ = 1;
};

TEST_F(Exports, NothingUnpublishableLeavesTheHouse) {
    for (const std::string& kind : export_kinds()) {
        if (kind == "ratings" || kind == "responses" || is_whole_table(kind)) continue;
        const Export made = make(kind, "", true);
        EXPECT_THAT(made.text, Not(HasSubstr("Secret"))) << kind;
        EXPECT_THAT(made.text, Not(HasSubstr("Advertising"))) << kind;
        EXPECT_THAT(made.text, Not(HasSubstr("#1"))) << kind;
        if (kind == "stamped") continue;  // wants a picture of the article
        EXPECT_THAT(made.text, HasSubstr("Publishable")) << kind;
    }
}

TEST_F(Exports, AHiddenTextIsInNothingPublished) {
    const records::DeskEntry hide{at(9), "Max", std::string(records::kHideText), "insult"};
    ASSERT_TRUE(records::desk_of(*store_).note_order(kShop, OrderNumber{"#1"}, hide));
    for (const std::string& kind : export_kinds()) {
        if (kind == "ratings" || kind == "responses") continue;
        EXPECT_THAT(make(kind, "", true).text, Not(HasSubstr("Publishable"))) << kind;
    }
}

TEST_F(Exports, TheMerchantsOwnTablesHaveEverything) {
    for (const char* kind : {"ratings", "responses"}) {
        const Export made = make(kind);
        EXPECT_EQ(made.written, 3U) << kind;
        EXPECT_THAT(made.text, HasSubstr("Secret"));
        EXPECT_THAT(made.text, HasSubstr(",true,2026")) << "the insider is marked";
    }
    const Export segments = make("segments");
    EXPECT_EQ(segments.written, 3U) << "insiders are no buyers";
    EXPECT_THAT(segments.text, HasSubstr("#4,silent"));
    EXPECT_THAT(segments.text, Not(HasSubstr("buyer@example.com")));
}

TEST_F(Exports, EveryScoreIsInTheFeedOfTheShop) {
    const Export made = make("google-merchant");
    EXPECT_EQ(made.written, 2U);
    EXPECT_THAT(made.text, HasSubstr(">5</overall>"));
    EXPECT_THAT(made.text, HasSubstr(">2</overall>"));
}

TEST_F(Exports, ACursorGivesOnlyWhatIsNew) {
    for (const std::string& kind : export_kinds()) {
        const Export first = make(kind, "", true);
        if (!first.cursor) continue;
        EXPECT_EQ(make(kind, *first.cursor, true).written, 0U) << kind;
    }
    const Export first = make("judgeme");
    answer("#5", 3, "Later", true);
    const Export second = make("judgeme", *first.cursor);
    EXPECT_EQ(second.written, 1U);
    EXPECT_THAT(second.text, HasSubstr("Later"));
}

TEST_F(Exports, WhatIsLeftOutIsCounted) {
    EXPECT_EQ(make("yotpo").left_out.at(records::FormatNeed::Text), 1U);
    EXPECT_EQ(make("yotpo").left_out.at(records::FormatNeed::Email), 1U);
    EXPECT_EQ(make("stamped").left_out.at(records::FormatNeed::Image), 1U);
    std::ostringstream results, remarks;
    Output out(results, remarks, {});
    report_export(make("yotpo"), "y.csv", out);
    EXPECT_THAT(results.str(), HasSubstr("0 yotpo written to y.csv"));
    EXPECT_THAT(remarks.str(), HasSubstr("1 left out: no e-mail address (--with-email)"));
    EXPECT_THAT(remarks.str(), HasSubstr("next time: --since v1."));
}

TEST_F(Exports, FeedsAreWholeAndCursorsAreOurs) {
    ExportRequest request;
    request.publisher.name = "Maison Essai";
    request.since = "v1.5";
    for (const char* kind : {"google-products", "google-merchant", "json-ld", "segments"}) {
        request.kind = kind;
        EXPECT_EQ(make_export(*store_, kShop, request).error().code, ErrorCode::ValueInvalid);
    }
    request.kind = "ratings";
    request.since = "yesterday";
    EXPECT_EQ(make_export(*store_, kShop, request).error().code, ErrorCode::ValueInvalid);
    request.since.clear();
    request.kind = "google-merchant";
    EXPECT_EQ(make_export(*store_, kShop, request).error().code, ErrorCode::ValueInvalid);
}

TEST_F(Exports, AnEmptyShopHasHeadersAndFeeds) {
    const ShopId other = store_->create_shop("other").value();
    for (const std::string& kind : export_kinds()) {
        ExportRequest request;
        request.kind = kind;
        request.publisher = {"Maison Essai", "https://shop.example.com", "", "1"};
        const auto made = make_export(*store_, other, request);
        ASSERT_TRUE(made) << kind;
        EXPECT_EQ(made->written, 0U) << kind;
        EXPECT_FALSE(made->text.empty()) << kind;
        EXPECT_THAT(made->text, Not(HasSubstr("Publishable"))) << kind;
    }
}

}  // namespace
}  // namespace verso::app

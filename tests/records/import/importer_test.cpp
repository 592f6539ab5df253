// SPDX-License-Identifier: Apache-2.0
// Whole files through the importer into a store in memory.
#include "records/import/importer.h"

#include <fmt/format.h>
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <fstream>
#include <limits>
#include <map>
#include <nlohmann/json.hpp>

#include "records/lifecycle/print_rule.h"
#include "tests/records/builders.h"

namespace verso::records {
namespace {

using ::testing::ElementsAre;
using ::testing::HasSubstr;

const ShopId kShop{1};

class FixedClock final : public Clock {
  public:
    Instant now() const override { return testing::at(0); }
};

class Importing : public ::testing::Test {
  protected:
    void SetUp() override { store_ = std::move(open_sqlite_store(":memory:")).value(); }

    ImportReport import(std::string_view text, ImportFormat format = ImportFormat::Auto) {
        auto report = import_orders(*store_, kShop, text, "orders.csv", format, clock_);
        EXPECT_TRUE(report) << report.error().text();
        return report ? *report : ImportReport{};
    }
    Error refused(std::string_view text, ImportFormat format = ImportFormat::Auto) {
        auto report = import_orders(*store_, kShop, text, "orders.csv", format, clock_);
        EXPECT_FALSE(report);
        return report ? Error{} : report.error();
    }
    Order order(const std::string& number) {
        auto found = store_->find_order(kShop, OrderNumber{number});
        EXPECT_TRUE(found) << found.error().text();
        return found ? *found : Order{};
    }
    std::vector<Order> all() {
        std::vector<Order> found;
        EXPECT_TRUE(store_->orders(kShop, [&](const Order& each) -> Result<void> {
            found.push_back(each);
            return {};
        }));
        return found;
    }

    FixedClock clock_;
    std::unique_ptr<Store> store_;
};

// ---- the sample of 200 orders, which lies beside the checkout ---------------------------------

const std::filesystem::path kSamples =
    std::filesystem::path(VERSO_SOURCE_DIR) / ".." / "shared" / "samples" / "orders";

class SampleOrders : public Importing {
  protected:
    void SetUp() override {
        if (!std::filesystem::exists(kSamples / "expected.json")) {
            GTEST_SKIP() << "the sample of 200 orders is not beside the checkout: " << kSamples;
        }
        Importing::SetUp();
        std::ifstream(kSamples / "expected.json") >> expected_;
    }
    ImportReport import_sample(const char* file) {
        auto report =
            import_order_file(*store_, kShop, kSamples / file, ImportFormat::Auto, clock_);
        EXPECT_TRUE(report) << report.error().text();
        return report ? *report : ImportReport{};
    }
    void expect_common_counts() {
        std::map<std::string, int> by_country;
        std::vector<std::string> no_card;
        int lines = 0, pieces = 0;
        std::int64_t total = 0;
        for (const Order& each : all()) {
            ++by_country[each.ship_to.country];
            if (!check_printable(each)) no_card.push_back(each.number.get());
            lines += static_cast<int>(each.lines.size());
            for (const auto& line : each.lines) pieces += line.quantity;
            total += each.total.minor;
        }
        EXPECT_EQ(nlohmann::json(by_country), expected_["by_country"]);
        EXPECT_EQ(nlohmann::json(no_card), expected_["no_card"]);
        EXPECT_EQ(lines, expected_["lines"]);
        EXPECT_EQ(pieces, expected_["pieces"]);
        EXPECT_EQ(format_money({total}), expected_["total_eur"]);
        EXPECT_EQ(200 - no_card.size(), expected_["card_allowed_orders"]);
    }
    void expect_unchanged(const char* file) {
        const ImportReport again = import_sample(file);
        EXPECT_EQ(again.orders_unchanged, 200U);
        EXPECT_EQ(again.orders_new + again.orders_changed + again.orders_rejected, 0U);
    }

    nlohmann::json expected_;
};

TEST_F(SampleOrders, NeutralGivesTheExpectedCounts) {
    const ImportReport report = import_sample("verso-orders.csv");
    EXPECT_EQ(report.format, ImportFormat::NeutralCsv);
    EXPECT_EQ(report.orders_new, 200U);
    EXPECT_EQ(report.lines, 794U);
    EXPECT_TRUE(report.rejected.empty());
    EXPECT_TRUE(report.remarks.empty());
    expect_common_counts();
    std::map<std::string, int> status, payment, language;
    std::size_t parcels = 0, card_parcels = 0;
    for (const Order& each : all()) {
        ++status[std::string(to_string(each.status))];
        ++payment[std::string(to_string(each.payment))];
        ++language[each.language];
        parcels += each.parcels.size();
        if (check_printable(each)) card_parcels += each.parcels.size();
    }
    EXPECT_EQ(nlohmann::json(status), expected_["by_status"]);
    EXPECT_EQ(nlohmann::json(payment), expected_["by_payment"]);
    EXPECT_EQ(nlohmann::json(language), expected_["by_language"]);
    EXPECT_EQ(parcels, expected_["parcels"]);
    EXPECT_EQ(card_parcels, expected_["card_allowed_parcels"]);
    expect_unchanged("verso-orders.csv");
}

TEST_F(SampleOrders, NeutralKeepsTheHardCases) {
    import_sample("verso-orders.csv");
    EXPECT_EQ(order("#1003").note, "Sonner chez « Lefèvre »,\n2e étage à gauche");
    EXPECT_EQ(order("#1088").note, "=HYPERLINK(\"http://example.com\",\"cliquez\")");
    EXPECT_EQ(order("#1045").lines.size(), 45U);
    EXPECT_EQ(order("#1045").parcels.size(), 2U);
    EXPECT_EQ(format_time(order("#1001").placed_at), "2026-10-01T11:36:43+02:00");
}

TEST_F(SampleOrders, ShopifyGivesTheExpectedCounts) {
    const ImportReport report = import_sample("shopify-orders_export.csv");
    EXPECT_EQ(report.format, ImportFormat::ShopifyCsv);
    EXPECT_EQ(report.orders_new, 200U);
    EXPECT_EQ(report.lines, 794U);
    EXPECT_TRUE(report.rejected.empty());
    expect_common_counts();
    std::map<std::string, int> payment;
    std::size_t still_to_pack = 0;
    for (const Order& each : all()) {
        ++payment[std::string(to_string(each.payment))];
        EXPECT_EQ(each.language, "");
        if (each.status == OrderStatus::PartlyShipped) still_to_pack += each.parcels.size() - 1;
    }
    EXPECT_EQ(nlohmann::json(payment), expected_["by_payment"]);
    EXPECT_EQ(still_to_pack, expected_["by_status"]["partly_shipped"]);
    expect_unchanged("shopify-orders_export.csv");
}

TEST_F(SampleOrders, ShopifyValuesLoseTheirGuards) {
    import_sample("shopify-orders_export.csv");
    EXPECT_EQ(order("#1200").ship_to.postcode, "07140");
    EXPECT_EQ(order("#1198").phone, "+33 1 99 00 75 38");
    EXPECT_EQ(format_time(order("#1200").placed_at), "2026-11-14T07:47:05+01:00");
}

// ---- the small sample of the tests --------------------------------------------------------------

const std::filesystem::path kOwn = std::filesystem::path(VERSO_SOURCE_DIR) / "tests/data/orders";

class OwnSample : public Importing {
  protected:
    ImportReport import_own(const char* file) {
        auto report = import_order_file(*store_, kShop, kOwn / file, ImportFormat::Auto, clock_);
        EXPECT_TRUE(report) << report.error().text();
        return report ? *report : ImportReport{};
    }
    /// Orders that may have an insert.
    std::size_t printable() {
        std::size_t count = 0;
        for (const Order& each : all()) count += check_printable(each).has_value() ? 1U : 0U;
        return count;
    }
};

TEST_F(OwnSample, NeutralComesInWholeAndIsIdempotent) {
    const ImportReport report = import_own("neutral.csv");
    EXPECT_EQ(report.orders_new, 12U);
    EXPECT_EQ(report.lines, 24U);
    EXPECT_EQ(report.rows, 24U);
    EXPECT_TRUE(report.rejected.empty());
    EXPECT_EQ(printable(), 10U);
    EXPECT_EQ(order("S-007").parcels.size(), 2U);
    EXPECT_EQ(order("S-003").note, "Ring twice,\nsecond floor");
    EXPECT_EQ(import_own("neutral.csv").orders_unchanged, 12U);
}

TEST_F(OwnSample, ShopifyAsASpreadsheetSavedItComesInTheSame) {
    const ImportReport report = import_own("shopify-excel.csv");
    EXPECT_EQ(report.format, ImportFormat::ShopifyCsv);
    EXPECT_EQ(report.orders_new, 12U);
    EXPECT_EQ(report.lines, 24U);
    EXPECT_TRUE(report.rejected.empty());
    EXPECT_EQ(printable(), 10U);
    const Order shopify = order("S-009");
    EXPECT_EQ(shopify.note, "=1+1");
    EXPECT_EQ(order("S-004").ship_to.postcode, "07140");
    EXPECT_EQ(order("S-002").ship_to.name, "Jan 't Voorbeeld");
    EXPECT_EQ(import_own("shopify-excel.csv").orders_unchanged, 12U);

    auto other = open_sqlite_store(":memory:").value();
    ASSERT_TRUE(import_order_file(*other, kShop, kOwn / "neutral.csv", ImportFormat::Auto, clock_));
    const Order neutral = other->find_order(kShop, shopify.number).value();
    EXPECT_EQ(shopify.total, neutral.total);
    EXPECT_EQ(shopify.placed_at, neutral.placed_at);
    EXPECT_EQ(shopify.ship_to, neutral.ship_to);
    EXPECT_EQ(shopify.lines.size(), neutral.lines.size());
}

TEST_F(OwnSample, AChangedOrderIsCountedAsChanged) {
    import_own("neutral.csv");
    std::ifstream in(kOwn / "neutral.csv", std::ios::binary);
    std::string text(std::istreambuf_iterator<char>(in), {});
    text.replace(text.find("Ring twice"), 10, "Ring three times");
    const ImportReport report = import(text);
    EXPECT_EQ(report.orders_changed, 1U);
    EXPECT_EQ(report.orders_unchanged, 11U);
    EXPECT_EQ(order("S-003").revision, 2);
}

TEST_F(OwnSample, AMissingFileIsNotFound) {
    EXPECT_EQ(import_order_file(*store_, kShop, kOwn / "none.csv", ImportFormat::Auto, clock_)
                  .error()
                  .code,
              ErrorCode::NotFound);
    EXPECT_EQ(import_order_file(*store_, kShop, kOwn, ImportFormat::Auto, clock_).error().code,
              ErrorCode::FileUnreadable);
}

// ---- files that are wrong -----------------------------------------------------------------------

TEST_F(Importing, AFileThatIsNoExportSaysWhatItHas) {
    const Error error = refused("id,comment\n1,hello\n");
    EXPECT_EQ(error.code, ErrorCode::FormatInvalid);
    EXPECT_EQ(error.where, "orders.csv");
    EXPECT_THAT(error.message, HasSubstr("id, comment"));
    EXPECT_EQ(refused("").code, ErrorCode::FormatInvalid);
    EXPECT_EQ(refused("\"order,placed_at\n").code, ErrorCode::FormatInvalid);
}

TEST_F(Importing, AMissingColumnIsNamed) {
    EXPECT_THAT(refused("order,placed_at,status\n").message, HasSubstr("payment"));
    EXPECT_THAT(refused("Name,Financial Status\n").message, HasSubstr("Lineitem quantity"));
    EXPECT_THAT(refused("Name,Financial Status\n", ImportFormat::NeutralCsv).message,
                HasSubstr("placed_at"));
}

TEST_F(Importing, OtherEncodingsAreSaid) {
    std::ifstream in(kOwn / "neutral.csv", std::ios::binary);
    std::string text(std::istreambuf_iterator<char>(in), {});
    std::erase_if(text, [](char c) { return static_cast<unsigned char>(c) >= 0x80; });
    text.replace(text.find("Anna"), 4, "Ann\xE9");
    const ImportReport report = import(text);
    ASSERT_FALSE(report.remarks.empty());
    EXPECT_THAT(report.remarks.back(), HasSubstr("Windows-1252"));
}

TEST_F(Importing, AByteThatBrokeCostsItsOrderAndNotAllAccents) {
    std::ifstream in(kOwn / "neutral.csv", std::ios::binary);
    std::string text(std::istreambuf_iterator<char>(in), {});
    text.replace(text.find("Anna"), 4, "Ann\xE9");
    const ImportReport report = import(text);
    EXPECT_EQ(report.orders_new, 11U);
    EXPECT_EQ(order("S-003").ship_to.name, "Zoë Sample");
    ASSERT_FALSE(report.rejected.empty());
    EXPECT_THAT(report.rejected.front().reason, HasSubstr("not UTF-8"));
}

// Thousands of orders: several batches, of which those before a failure stay.
std::string many_orders(int orders) {
    std::string text =
        "order,placed_at,status,payment,currency,name,line1,postcode,city,country,line,title,"
        "quantity,unit_price,total\n";
    for (int i = 0; i < orders * 3; ++i) {
        text += fmt::format(
            "M-{},2026-10-02T08:00:00+02:00,open,paid,EUR,Anna Specimen,1 Example Street,07140,"
            "Exampleville,FR,{},Soap,2,4.90,29.40\n",
            i / 3, i % 3 + 1);
    }
    return text;
}

TEST_F(Importing, AnImportThatBrokeOffGoesOnWhenItIsDoneAgain) {
    const std::string text = many_orders(5000);
    std::int64_t writes = 0, most = std::numeric_limits<std::int64_t>::max();
    StoreOptions options;
    options.before_write = [&](std::string_view) {
        if (++writes > most) throw std::runtime_error("the plug was pulled");
    };
    auto dry = open_sqlite_store(":memory:", options).value();
    ASSERT_TRUE(import_orders(*dry, kShop, text, "orders.csv", ImportFormat::Auto, clock_));
    most = writes * 3 / 4;
    writes = 0;
    auto store = open_sqlite_store(":memory:", options).value();
    auto report = import_orders(*store, kShop, text, "orders.csv", ImportFormat::Auto, clock_);
    ASSERT_FALSE(report);
    const auto kept = store->counts(kShop)->orders;
    EXPECT_GT(kept, 0);
    EXPECT_LT(kept, 5000);
    EXPECT_THAT(report.error().message, HasSubstr(fmt::format("; {} orders", kept)));
    most = std::numeric_limits<std::int64_t>::max();
    report = import_orders(*store, kShop, text, "orders.csv", ImportFormat::Auto, clock_);
    ASSERT_TRUE(report);
    EXPECT_EQ(report->orders_unchanged, static_cast<std::size_t>(kept));
    EXPECT_EQ(store->counts(kShop)->orders, 5000);
}

TEST_F(Importing, TheReportOfRefusedRowsIsBounded) {
    std::string text = many_orders(2000);
    for (auto at = text.find(",FR,"); at != std::string::npos; at = text.find(",FR,", at)) {
        text.replace(at, 4, ",F9,");
    }
    const ImportReport report = import(text);
    EXPECT_EQ(report.orders_rejected, 2000U);
    EXPECT_EQ(report.rows_rejected, 6000U);
    ASSERT_EQ(report.rejected.size(), RejectedRows::kMostKept);
    for (std::size_t i = 0; i < report.rejected.size(); ++i) {
        ASSERT_EQ(report.rejected[i].line, i + 2);
    }
}

TEST_F(Importing, ADatabaseFailureKeepsNothing) {
    std::ifstream in(kOwn / "neutral.csv", std::ios::binary);
    const std::string text(std::istreambuf_iterator<char>(in), {});
    for (int allowed : {1, 5, 10}) {
        int left = -1;  // the schema is written first
        StoreOptions options;
        options.before_write = [&](std::string_view) {
            if (left >= 0 && left-- == 0) throw std::runtime_error("the plug was pulled");
        };
        auto store = open_sqlite_store(":memory:", options).value();
        left = allowed;
        auto report = import_orders(*store, kShop, text, "orders.csv", ImportFormat::Auto, clock_);
        ASSERT_FALSE(report) << allowed;
        EXPECT_EQ(report.error().code, ErrorCode::DatabaseFailed);
        EXPECT_EQ(store->counts(kShop)->orders, 0);
    }
}

TEST(ImportFormatNames, GoBothWays) {
    for (auto format : {ImportFormat::Auto, ImportFormat::NeutralCsv, ImportFormat::ShopifyCsv}) {
        EXPECT_EQ(parse_import_format(to_string(format)).value(), format);
    }
    EXPECT_EQ(parse_import_format("xml").error().code, ErrorCode::ValueInvalid);
}

}  // namespace
}  // namespace verso::records

// SPDX-License-Identifier: Apache-2.0
// Whole files through the importer into a store in memory.
#include "records/import/importer.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <fstream>
#include <map>
#include <nlohmann/json.hpp>
#include <random>

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

}  // namespace
}  // namespace verso::records

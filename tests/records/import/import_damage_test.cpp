// SPDX-License-Identifier: Apache-2.0
// Sound files with bytes changed, cut out and put in: whatever comes, the importer answers, and
// each row of the file is either in an order that was taken or told as rejected.
#include <fmt/format.h>
#include <gtest/gtest.h>

#include <fstream>
#include <random>

#include "records/import/importer.h"
#include "records/import/mapping_proposal.h"
#include "tests/records/builders.h"

namespace verso::records {
namespace {

const ShopId kShop{1};

class FixedClock final : public Clock {
  public:
    Instant now() const override { return testing::at(0); }
};

std::string file(const char* name) {
    std::ifstream in(std::filesystem::path(VERSO_SOURCE_DIR) / "tests" / "data" / "orders" / name,
                     std::ios::binary);
    return {std::istreambuf_iterator<char>(in), {}};
}

std::string suite_csv() {
    std::string text =
        "order_id,order_number,order_date,status,shipping_total,order_total,order_currency,"
        "customer_email,shipping_first_name,shipping_last_name,shipping_address_1,"
        "shipping_postcode,shipping_city,shipping_country,line_item_1,line_item_2\n";
    for (int i = 1; i <= 12; ++i) {
        text += fmt::format(
            "{0},W-{0},10/25/2026 14:02:00,processing,4.90,29.50,EUR,c@example.com,Zoé,Specimen,"
            "\"1 rue, cour\",07140,Les Vans,FR,name:Tea &amp; co|product_id:7|sku:T-1|quantity:2|"
            "total:9.80,M-1|1|14.80\n",
            i);
    }
    return text;
}

std::string german_csv() {
    std::string text =
        "Bestellnummer;Bestelldatum;Status;Zahlungsstatus;Name;Straße;PLZ;Ort;Land;Artikelnummer;"
        "Artikelbezeichnung;Menge;Einzelpreis;Gesamtbetrag\r\n";
    for (int i = 1; i <= 12; ++i) {
        text += fmt::format(
            "B-{0};13.10.2026 14:05;Versandt;bezahlt;Jörg Beispiel;\"Gartenstraße 1\";50667;Köln;"
            "Deutschland;S-1;Seife;2;1.004,90 €;2.009,80 €\r\n",
            i);
    }
    return text;
}

std::string damaged(std::string text, std::mt19937& random) {
    constexpr std::string_view kNasty = "\",;\r\n\t'|:=0\xFF\x01";
    const std::size_t changes = 1 + random() % 20;
    for (std::size_t i = 0; i < changes && !text.empty(); ++i) {
        const std::size_t at = random() % text.size();
        switch (random() % 4) {
            case 0:
                text[at] = static_cast<char>(random() % 255 + 1);
                break;
            case 1:
                text.erase(at, random() % 30);
                break;
            case 2:
                text.insert(at, 1, kNasty.at(random() % kNasty.size()));
                break;
            default:
                text.insert(at, text.substr(random() % text.size(), random() % 90));
        }
    }
    return text;
}

class Damage : public ::testing::Test {
  protected:
    Damage() : seed_(std::random_device{}()), random_(seed_) {
        RecordProperty("seed", std::to_string(seed_));
    }
    /// Imports many damaged copies; `accounted` says how many rows the report accounts for.
    template <class Accounted>
    void damage(const std::string& sound, const ReadOptions& options, Accounted accounted) {
        SCOPED_TRACE("seed " + std::to_string(seed_));
        int taken = 0;
        for (int round = 0; round < 60; ++round) {
            const std::string text = damaged(sound, random_);
            auto store = open_sqlite_store(":memory:").value();
            auto report = import_orders(*store, kShop, text, "damaged", options, FixedClock{});
            if (!report) continue;
            EXPECT_EQ(report->rows, accounted(*report)) << text;
            EXPECT_EQ(static_cast<std::size_t>(store->counts(kShop)->orders), report->orders_new);
            taken += static_cast<int>(report->orders_new);
        }
        EXPECT_GT(taken, 0) << "nothing of sixty files came in";
    }
    unsigned seed_;
    std::mt19937 random_;
};

std::size_t by_line(const ImportReport& report) { return report.lines + report.rows_rejected; }

/// One row is one order: taken, taken once more under a damaged number, or rejected.
std::size_t by_order(const ImportReport& report) {
    return report.orders_new + report.orders_changed + report.orders_unchanged +
           report.rows_rejected;
}

TEST_F(Damage, NeutralCsv) { damage(file("neutral.csv"), {}, by_line); }
TEST_F(Damage, ShopifyCsv) { damage(file("shopify-excel.csv"), {}, by_line); }
TEST_F(Damage, WooCommerceCsv) { damage(suite_csv(), {}, by_order); }

TEST_F(Damage, MappedCsv) {
    const std::string sound = german_csv();
    const auto source = memory_source(sound);
    auto proposal = propose_mapping(*source, "DE");
    ASSERT_TRUE(proposal) << proposal.error().text();
    ASSERT_TRUE(proposal->questions.empty()) << proposal->questions.front();
    ReadOptions options;
    options.mappings = std::span(&proposal->mapping, 1);
    damage(sound, options, by_line);
}

}  // namespace
}  // namespace verso::records

// SPDX-License-Identifier: Apache-2.0
// WooCommerce's suite CSV, and the back offices' lists that have no lines.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "records/import/importer.h"
#include "records/import/status_csv.h"
#include "records/import/woocommerce_csv.h"
#include "tests/records/builders.h"
#include "tests/records/import/import_sources.h"

namespace verso::records {
namespace {

using ::testing::HasSubstr;

const ShopId kShop{1};

struct Taken : testing::KeepingSink {
    ImportFormat format = ImportFormat::Auto;
};

Taken take(std::string_view text) {
    Taken taken;
    auto read = read_orders(*memory_source(text), ImportFormat::Auto, taken);
    EXPECT_TRUE(read) << read.error().text();
    if (read) taken.format = read->format;
    return taken;
}

constexpr std::string_view kSuite =
    "order_id,order_number,order_date,status,shipping_total,order_total,order_currency,"
    "customer_email,billing_first_name,billing_last_name,billing_country,shipping_first_name,"
    "shipping_last_name,shipping_address_1,shipping_postcode,shipping_city,shipping_country,"
    "line_item_1,line_item_2\n";

TEST(WooCommerceCsv, ReadsOneRowAsOneOrder) {
    const auto taken = take(
        std::string(kSuite) +
        "9,W-9,10/25/2026 14:02:00,processing,4.90,29.50,EUR,c@example.com,B,C,DE,Zoé,Specimen,"
        "1 rue,07140,Les Vans,FR,name:Tea &amp; co|product_id:7|sku:T-1|quantity:2|total:9.80,"
        "M-1|1|14.80\n");
    EXPECT_EQ(taken.format, ImportFormat::WooCommerceCsv);
    ASSERT_EQ(taken.orders.size(), 1U);
    const Order& order = taken.orders[0];
    EXPECT_EQ(order.external_id, "9");
    EXPECT_EQ(format_time(order.placed_at), "2026-10-25T14:02:00Z");
    EXPECT_EQ(order.ship_to.country, "FR");
    ASSERT_EQ(order.lines.size(), 2U);
    EXPECT_EQ(order.lines[0].title, "Tea & co");
    EXPECT_EQ(order.lines[0].unit_price, Money{490});
    EXPECT_EQ(order.lines[1].title, "M-1");
    EXPECT_EQ(order.lines[1].line_total, Money{1480});
}

TEST(WooCommerceCsv, NamesWhatIsWrong) {
    const auto reason = [](const std::string& row) {
        const auto taken = take(std::string(kSuite) + row);
        return taken.rejected.empty()
                   ? std::string("taken")
                   : taken.rejected.back().column + " " + taken.rejected.back().reason;
    };
    const std::string good =
        "9,W-9,10/25/2026 14:02:00,processing,4.90,29.50,EUR,c@example.com,B,C,DE,Z,S,1 rue,1,V,FR,"
        "M-1|1|14.80,\n";
    const auto with = [&](const std::string& from, const std::string& to) {
        std::string row = good;
        return row.replace(row.find(from), from.size(), to);
    };
    EXPECT_EQ(reason(good), "taken");
    EXPECT_THAT(reason(with("10/25", "25/10")), HasSubstr("order_date"));
    EXPECT_THAT(reason(with("processing", "baking")), HasSubstr("'baking'"));
    EXPECT_THAT(reason(with("M-1|1|14.80", "M-1|x|14.80")), HasSubstr("line_item_1 'x'"));
    EXPECT_THAT(reason(with("M-1|1|14.80", "")), HasSubstr("no lines"));
    EXPECT_THAT(reason(good + good), HasSubstr("stands in line 2 already"));
}

constexpr std::string_view kFrench =
    "ID;Référence;\"Nouveau client\";Livraison;Client;Total;Paiement;État;Date\n"
    "1;#1001;1;France;\"J. DOE\";61.80;\"Chèque\";\"Livré\";\"2026-10-05 10:12:40\"\n"
    "2;#1002;0;Belgique;\"Z. M\";169.90;\"Virement\";\"Annulé\";\"2026-10-06 09:00:00\"\n"
    "3;#9999;0;Belgique;\"Z. M\";1.00;\"Virement\";\"Livré\";\"2026-10-06 09:00:00\"\n"
    "4;#1003;0;Belgique;\"Z. M\";1.00;\"Virement\";\"Chez le potier\";\"2026-10-06 09:00:00\"\n";

TEST(StatusCsv, ChangesKnownOrdersOnly) {
    auto store = open_sqlite_store(":memory:").value();
    for (const char* number : {"#1001", "#1002", "#1003"}) {
        ASSERT_TRUE(store->save_order(kShop, testing::sample_order(number), testing::at(0)));
    }
    auto report = import_orders(*store, kShop, kFrench, "liste.csv", {}, system_clock());
    ASSERT_TRUE(report) << report.error().text();
    EXPECT_EQ(report->format, ImportFormat::PrestashopCsv);
    EXPECT_EQ(report->orders_changed, 2U);
    EXPECT_EQ(report->orders_rejected, 2U);
    EXPECT_EQ(report->orders_new, 0U);
    ASSERT_EQ(report->rejected.size(), 2U);
    EXPECT_THAT(report->rejected[0].reason, HasSubstr("not known yet"));
    EXPECT_THAT(report->rejected[1].reason, HasSubstr("'Chez le potier'"));
    const Order delivered = store->find_order(kShop, OrderNumber{"#1001"}).value();
    EXPECT_EQ(delivered.status, OrderStatus::Delivered);
    EXPECT_EQ(delivered.external_id, "1");
    EXPECT_EQ(delivered.lines.size(), 1U);
    EXPECT_EQ(store->find_order(kShop, OrderNumber{"#1002"})->status, OrderStatus::Cancelled);

    const std::string grid =
        "ID,\"Purchase Point\",\"Purchase Date\",\"Bill-to Name\",Status\n"
        "#1001,Main,\"Oct 05, 2026, 10:12:40\",Zoé,processing\n#1003,Main,x,Zoé,holded\n";
    report = import_orders(*store, kShop, grid, "grid.csv", {}, system_clock());
    ASSERT_TRUE(report) << report.error().text();
    EXPECT_EQ(report->format, ImportFormat::MagentoCsv);
    EXPECT_EQ(store->find_order(kShop, OrderNumber{"#1001"})->status, OrderStatus::Delivered)
        << "never back from delivered";
    EXPECT_EQ(store->find_order(kShop, OrderNumber{"#1003"})->status, OrderStatus::OnHold);
}

TEST(StatusCsv, EachLabelThatPrestashopDelivers) {
    using S = OrderStatus;
    using P = PaymentStatus;
    struct Case {
        const char* label;
        std::optional<S> status;
        std::optional<P> payment;
    };
    for (const auto& [label, status, payment] :
         std::vector<Case>{{"Awaiting check payment", S::Open, P::Unpaid},
                           {"En attente du paiement par chèque", S::Open, P::Unpaid},
                           {"Awaiting cheque payment", S::Open, P::Unpaid},
                           {"En attente de paiement par chèque", S::Open, P::Unpaid},
                           {"Awaiting bank wire payment", S::Open, P::Unpaid},
                           {"En attente de virement bancaire", S::Open, P::Unpaid},
                           {"Awaiting PayPal payment", S::Open, P::Unpaid},
                           {"En attente de paiement PayPal", S::Open, P::Unpaid},
                           {"Awaiting Cash On Delivery validation", S::Open, P::Unpaid},
                           {"En attente de paiement à la livraison", S::Open, P::Unpaid},
                           {"Payment accepted", S::Open, P::Paid},
                           {"Paiement accepté", S::Open, P::Paid},
                           {"Remote payment accepted", S::Open, P::Paid},
                           {"Paiement à distance accepté", S::Open, P::Paid},
                           {"Processing in progress", S::Open, P::Paid},
                           {"En cours de préparation", S::Open, P::Paid},
                           {"Preparation in progress", S::Open, P::Paid},
                           {"Préparation en cours", S::Open, P::Paid},
                           {"On backorder (paid)", S::OnHold, P::Paid},
                           {"En attente de réapprovisionnement (payé)", S::OnHold, P::Paid},
                           {"On backorder (not paid)", S::OnHold, P::Unpaid},
                           {"En attente de réapprovisionnement (non payé)", S::OnHold, P::Unpaid},
                           {"Shipped", S::Shipped, P::Paid},
                           {"Expédié", S::Shipped, P::Paid},
                           {"Delivered", S::Delivered, P::Paid},
                           {"Livré", S::Delivered, P::Paid},
                           {"Canceled", S::Cancelled, std::nullopt},
                           {"Annulé", S::Cancelled, std::nullopt},
                           {"Cancelled", S::Cancelled, std::nullopt},
                           {"Annulée", S::Cancelled, std::nullopt},
                           {"Refunded", std::nullopt, P::Refunded},
                           {"Remboursé", std::nullopt, P::Refunded},
                           {"Refund", std::nullopt, P::Refunded},
                           {"Remboursement", std::nullopt, P::Refunded},
                           {"Payment error", S::Open, P::Unpaid},
                           {"Erreur de paiement", S::Open, P::Unpaid}}) {
        const auto change = status_from_prestashop_label(label);
        ASSERT_TRUE(change) << label;
        EXPECT_EQ(change->status, status) << label;
        EXPECT_EQ(change->payment, payment) << label;
    }
    EXPECT_FALSE(status_from_prestashop_label("livré"));
    EXPECT_FALSE(status_from_prestashop_label(""));
}

}  // namespace
}  // namespace verso::records

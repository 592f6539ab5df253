// SPDX-License-Identifier: Apache-2.0
#include "records/import/shopify_csv.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace verso::records {
namespace {

using ::testing::HasSubstr;

constexpr std::string_view kHeader =
    "Name,Email,Financial Status,Fulfillment Status,Currency,Total,Created at,Cancelled at,"
    "Shipping Name,Shipping Address1,Shipping City,Shipping Zip,Shipping Country,Billing Name,"
    "Billing Country,Lineitem quantity,Lineitem name,Lineitem price,Lineitem fulfillment status\n";

std::string full(const std::string& number, const std::string& fulfillment,
                 const std::string& line) {
    return number + ",b@example.com,paid," + fulfillment +
           ",EUR,9.80,2026-10-02 08:00:00 +0200,,Anna Specimen,1 Example Street,Exampleville,"
           "'07140,FR,Billing Person,DE,1,Soap,4.90," +
           line + "\n";
}
std::string more(const std::string& number, const std::string& line) {
    return number + ",b@example.com,,,,,,,,,,,,,,2,Tea,2.45," + line + "\n";
}

OrderCollector collect(const std::string& rows) {
    const std::string text = std::string(kHeader) + rows;
    CsvReader reader(text, sniff_dialect(text));
    CsvRecord record;
    reader.next(record);
    const ColumnMap columns = ColumnMap::match(record.fields, shopify_columns()).value();
    OrderCollector orders;
    while (reader.next(record)) take_shopify_row(record, columns, orders);
    orders.finish();
    for (auto& each : orders.orders()) settle_shopify_parcels(each.order);
    return orders;
}

TEST(ShopifyCsv, GroupsByNameAndNotByNeighbourhood) {
    auto orders = collect(full("#1", "fulfilled", "fulfilled") + full("#2", "", "pending") +
                          more("#1", "fulfilled") + more("#2", "pending"));
    ASSERT_EQ(orders.orders().size(), 2U);
    EXPECT_TRUE(orders.rejected().empty());
    EXPECT_EQ(orders.orders()[0].order.lines.size(), 2U);
    EXPECT_EQ(orders.orders()[0].order.lines[1].line, 2);
    EXPECT_EQ(orders.orders()[0].order.lines[1].line_total, Money{490});
    EXPECT_EQ(orders.orders()[0].order.status, OrderStatus::Shipped);
    EXPECT_EQ(orders.orders()[1].order.status, OrderStatus::Open);
    EXPECT_EQ(orders.orders()[0].order.parcels.size(), 1U);
}

TEST(ShopifyCsv, AContinuationRowMayComeFirst) {
    auto orders = collect(more("#1", "pending") + full("#1", "", "pending"));
    EXPECT_TRUE(orders.rejected().empty());
    EXPECT_EQ(orders.orders().at(0).order.lines.size(), 2U);
    EXPECT_EQ(orders.orders().at(0).order.ship_to.name, "Anna Specimen");
}

TEST(ShopifyCsv, AnOrderWithoutItsFirstRowIsRefused) {
    const auto rejected = collect(more("#1", "pending") + more("#1", "pending")).rejected();
    ASSERT_EQ(rejected.size(), 2U);
    EXPECT_THAT(rejected[0].reason, HasSubstr("no row of the order"));
    EXPECT_EQ(rejected[0].line, 2U);
}

TEST(ShopifyCsv, WhatIsStillToGoIsTheSecondParcel) {
    auto orders = collect(full("#1", "partial", "fulfilled") + more("#1", "pending"));
    const Order& order = orders.orders().at(0).order;
    EXPECT_EQ(order.status, OrderStatus::PartlyShipped);
    ASSERT_EQ(order.parcels.size(), 2U);
    EXPECT_EQ(order.lines_of(1).size(), 1U);
    EXPECT_EQ(order.lines_of(2).size(), 1U);
}

TEST(ShopifyCsv, BillingStandsInForAMissingShippingAddress) {
    auto row = full("#1", "", "pending");
    row.replace(row.find("Anna"), row.find("Billing") - row.find("Anna"), ",,,,,");
    auto orders = collect(row);
    EXPECT_TRUE(orders.rejected().empty());
    EXPECT_EQ(orders.orders().at(0).order.ship_to.name, "Billing Person");
    EXPECT_EQ(orders.orders().at(0).order.ship_to.country, "DE");
}

TEST(ShopifyCsv, PaymentOnlyCountsWhenItCameInWhole) {
    EXPECT_EQ(payment_from_shopify("paid").value(), PaymentStatus::Paid);
    EXPECT_EQ(payment_from_shopify("refunded").value(), PaymentStatus::Refunded);
    EXPECT_EQ(payment_from_shopify("partially_refunded").value(), PaymentStatus::PartlyRefunded);
    for (const char* word : {"pending", "authorized", "partially_paid", "voided", "expired"}) {
        EXPECT_EQ(payment_from_shopify(word).value(), PaymentStatus::Unpaid) << word;
    }
    EXPECT_FALSE(payment_from_shopify(""));
    EXPECT_THAT(payment_from_shopify("payé").error().cure, HasSubstr("partially_refunded"));
}

TEST(ShopifyCsv, StatusWords) {
    EXPECT_EQ(status_from_shopify("").value(), OrderStatus::Open);
    EXPECT_EQ(status_from_shopify("partial").value(), OrderStatus::PartlyShipped);
    EXPECT_EQ(status_from_shopify("on_hold").value(), OrderStatus::OnHold);
    EXPECT_FALSE(status_from_shopify("lost"));
}

TEST(ShopifyCsv, ACancelledOrderIsCancelledWhateverElseItSays) {
    auto row = full("#1", "fulfilled", "fulfilled");
    row.replace(row.find("+0200,,"), 7, "+0200,2026-10-03 08:00:00 +0200,");
    EXPECT_EQ(collect(row).orders().at(0).order.status, OrderStatus::Cancelled);
}

}  // namespace
}  // namespace verso::records

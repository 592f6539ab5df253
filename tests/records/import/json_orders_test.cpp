// SPDX-License-Identifier: Apache-2.0
// Orders as the shop platforms' interfaces give them: each case is a document, mostly one value of
// a sound one changed.
#include "records/import/json_orders.h"

#include <fmt/format.h>
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <fstream>
#include <nlohmann/json.hpp>

#include "records/import/order_formats.h"
#include "tests/records/import/import_sources.h"

namespace verso::records {
namespace {

using nlohmann::json;
using ::testing::HasSubstr;
using testing::KeepingSink;

struct Taken : KeepingSink {
    ImportFormat format = ImportFormat::Auto;
    std::size_t rows = 0;
    std::string error;
};

Taken take(const std::string& text) {
    Taken taken;
    const auto source = memory_source(text);
    auto read = read_orders(*source, ImportFormat::Auto, taken);
    if (!read) {
        taken.error = read.error().text();
        return taken;
    }
    taken.format = read->format;
    taken.rows = read->rows;
    return taken;
}

Order only(const json& document) {
    Taken taken = take(document.dump());
    EXPECT_EQ(taken.error, "");
    for (const auto& row : taken.rejected) ADD_FAILURE() << row.column << ": " << row.reason;
    EXPECT_EQ(taken.orders.size(), 1U);
    return taken.orders.empty() ? Order{} : taken.orders.front();
}

std::string refusal(const json& document) {
    const Taken taken = take(document.dump());
    if (taken.rejected.empty()) return "nothing is refused";
    return taken.rejected.front().column + " " + taken.rejected.front().reason;
}

json shopify() {
    return json::parse(R"({"id":450789469,"name":"#1001","created_at":"2026-10-05T10:12:40+02:00",
      "cancelled_at":null,"financial_status":"paid","fulfillment_status":"partial","currency":"EUR",
      "customer_locale":"fr-FR","email":"client@example.com","phone":null,"total_price":"409.94",
      "test":false,"note":"Sonner\r\ndeux fois",
      "shipping_lines":[{"title":"Colissimo","price":"4.90"}],
      "shipping_address":{"name":"Zoé Specimen","company":null,"address1":"1 rue d’Exemple",
        "address2":"","zip":"07140","city":"Les Vans","province":"Ardèche","country_code":"FR",
        "phone":"+33 1 99 00 05 06"},
      "line_items":[
        {"id":11,"product_id":7,"sku":"TSH","title":"T-shirt","variant_title":"M","quantity":3,
         "fulfillable_quantity":1,"price":"19.90","total_discount":"0.00"},
        {"id":12,"product_id":8,"sku":"MUG","title":"Mug","variant_title":null,"quantity":1,
         "fulfillable_quantity":0,"price":"11.90","discount_allocations":[{"amount":"1.90"}]}],
      "fulfillments":[
        {"status":"success","tracking_company":"Colissimo","tracking_number":"TEST-1",
         "shipment_status":"delivered",
         "line_items":[{"id":11,"quantity":2},{"id":12,"quantity":1}]},
        {"status":"failure","tracking_number":"TEST-X","line_items":[{"id":11,"quantity":1}]}]})");
}

TEST(ShopifyJson, EachValueHasItsPlace) {
    const Order order = only(shopify());
    EXPECT_EQ(order.number, OrderNumber{"#1001"});
    EXPECT_EQ(order.external_id, "450789469");
    EXPECT_EQ(format_time(order.placed_at), "2026-10-05T10:12:40+02:00");
    EXPECT_EQ(order.status, OrderStatus::PartlyShipped);
    EXPECT_EQ(order.payment, PaymentStatus::Paid);
    EXPECT_EQ(order.language, "fr");
    EXPECT_EQ(order.phone, "+33 1 99 00 05 06");
    EXPECT_EQ(order.ship_to, (Address{"Zoé Specimen", "", "1 rue d’Exemple", "", "07140",
                                      "Les Vans", "Ardèche", "FR"}));
    EXPECT_EQ(order.total, Money{40994});
    EXPECT_EQ(order.shipping, Money{490});
    EXPECT_EQ(order.note, "Sonner\ndeux fois");
    EXPECT_FALSE(order.insider);
}

TEST(ShopifyJson, FulfilmentsAreParcelsAndWhatIsLeftIsTheLast) {
    const Order order = only(shopify());
    ASSERT_EQ(order.parcels.size(), 2U);
    EXPECT_EQ(order.parcels[0], (Parcel{1, "Colissimo", "Colissimo", "TEST-1"}));
    EXPECT_EQ(order.parcels[1], (Parcel{2, "", "Colissimo", ""}));
    ASSERT_EQ(order.lines.size(), 3U);
    EXPECT_EQ(order.lines[0].quantity, 2);
    EXPECT_EQ(order.lines[0].parcel, 1);
    EXPECT_EQ(order.lines[1].quantity, 1);
    EXPECT_EQ(order.lines[1].parcel, 2);
    EXPECT_EQ(order.lines[1].line_total, Money{1990});
    EXPECT_EQ(order.lines[2].parcel, 1);
    EXPECT_EQ(order.lines[2].line_total, Money{1000});
}

TEST(ShopifyJson, DeliveredWhenAllParcelsAre) {
    json document = shopify();
    document["fulfillment_status"] = "fulfilled";
    document["line_items"][0]["fulfillable_quantity"] = 0;
    EXPECT_EQ(only(document).status, OrderStatus::Delivered);
    document["fulfillments"][0]["shipment_status"] = "in_transit";
    EXPECT_EQ(only(document).status, OrderStatus::Shipped);
}

TEST(ShopifyJson, WhatWasTakenOutOfTheOrderIsNotPacked) {
    json document = shopify();
    document["fulfillments"] = json::array();
    document["fulfillment_status"] = nullptr;
    const Order order = only(document);
    ASSERT_EQ(order.lines.size(), 1U);
    EXPECT_EQ(order.lines[0].quantity, 1);
    document["cancelled_at"] = "2026-10-06T10:12:40+02:00";
    EXPECT_EQ(only(document).lines.size(), 2U) << "a cancelled order keeps its lines";
    EXPECT_EQ(only(document).status, OrderStatus::Cancelled);
}

TEST(ShopifyJson, WithoutLinesItIsAnUpdate) {
    json document = shopify();
    document.erase("line_items");
    const Taken taken = take(document.dump());
    ASSERT_EQ(taken.updates.size(), 1U);
    EXPECT_EQ(taken.updates[0].number, OrderNumber{"#1001"});
    EXPECT_EQ(taken.updates[0].payment, PaymentStatus::Paid);
}

TEST(ShopifyJson, AWrongValueRefusesTheOrder) {
    json document = shopify();
    document["financial_status"] = "kind_of_paid";
    EXPECT_THAT(refusal(document), HasSubstr("/financial_status 'kind_of_paid'"));
    document = shopify();
    document["line_items"][1]["price"] = "free";
    EXPECT_THAT(refusal(document), HasSubstr("/line_items/1/price 'free'"));
    document = shopify();
    document["shipping_address"]["country_code"] = nullptr;
    EXPECT_THAT(refusal(document), HasSubstr("/shipping_address/country_code"));
    document = shopify();
    document["test"] = true;
    EXPECT_TRUE(only(document).insider);
}

json woocommerce() {
    return json::parse(R"({"id":727,"number":"W-727","order_key":"wc_order_x","status":"processing",
      "currency":"EUR","date_created":"2026-03-22T16:28:02","date_created_gmt":"2026-03-22T14:28:02",
      "date_paid":"2026-03-22T16:28:08","date_paid_gmt":"2026-03-22T14:28:08","date_completed":null,
      "total":"29.35","shipping_total":"10.00","shipping_tax":"2.00","customer_note":"",
      "billing":{"first_name":"Jo","last_name":"Specimen","company":"","address_1":"1 Bill St",
        "address_2":"","city":"Billton","state":"CA","postcode":"94103","country":"US",
        "email":"jo@example.com","phone":"555"},
      "shipping":{"first_name":"Jo","last_name":"Ship","company":"","address_1":"2 Ship St",
        "address_2":"","city":"Shipton","state":"CA","postcode":"94104","country":"US"},
      "line_items":[{"id":315,"name":"Tea &ndash; green","product_id":93,"quantity":2,"sku":"TEA",
        "total":"6.00","total_tax":"0.45","price":3,
        "meta_data":[{"key":"pa_size","value":"100 g"},{"key":"_reduced","value":"1"}]}],
      "shipping_lines":[{"method_title":"Flat Rate","method_id":"flat_rate"}],"refunds":[]})");
}

TEST(WooCommerceJson, EachValueHasItsPlace) {
    const Order order = only(woocommerce());
    EXPECT_EQ(order.number, OrderNumber{"W-727"});
    EXPECT_EQ(order.external_id, "727");
    EXPECT_EQ(format_time(order.placed_at), "2026-03-22T16:28:02+02:00");
    EXPECT_EQ(format_time(*order.paid_at), "2026-03-22T16:28:08+02:00");
    EXPECT_EQ(order.status, OrderStatus::Open);
    EXPECT_EQ(order.payment, PaymentStatus::Paid);
    EXPECT_EQ(order.ship_to,
              (Address{"Jo Ship", "", "2 Ship St", "", "94104", "Shipton", "CA", "US"}));
    EXPECT_EQ(order.phone, "555");
    EXPECT_EQ(order.shipping, Money{1200});
    ASSERT_EQ(order.lines.size(), 1U);
    EXPECT_EQ(order.lines[0].title, "Tea – green");
    EXPECT_EQ(order.lines[0].variant, "100 g");
    EXPECT_EQ(order.lines[0].line_total, Money{645});
    EXPECT_EQ(order.lines[0].unit_price, Money{323});
    EXPECT_EQ(order.parcels.at(0).service, "Flat Rate");
}

TEST(WooCommerceJson, StatusAndMoneyThatWentBack) {
    json document = woocommerce();
    document["shipping"]["country"] = document["shipping"]["address_1"] = "";
    EXPECT_EQ(only(document).ship_to.city, "Billton");
    document["refunds"] = json::array({{{"id", 1}, {"total", "-2.00"}}});
    EXPECT_EQ(only(document).payment, PaymentStatus::PartlyRefunded);
    document["status"] = "refunded";
    EXPECT_EQ(only(document).status, OrderStatus::Cancelled);
    document["date_completed_gmt"] = "2026-03-24T16:28:02";
    EXPECT_EQ(only(document).status, OrderStatus::Shipped);
    document["status"] = "wc-in-the-workshop";
    EXPECT_THAT(refusal(document), HasSubstr("in-the-workshop"));
}

json magento() {
    return json::parse(R"({"entity_id":1,"increment_id":"000000001","state":"processing",
      "status":"processing","created_at":"2026-10-05 08:12:40","customer_email":"c@example.com",
      "order_currency_code":"EUR","grand_total":34.9,"shipping_incl_tax":4.9,
      "shipping_description":"Flat Rate - Fixed",
      "items":[
       {"item_id":1,"sku":"TSH-M","name":"T-shirt","product_type":"configurable","product_id":5,
        "qty_ordered":2,"qty_shipped":0,"price_incl_tax":15,"row_total_incl_tax":30.0000},
       {"item_id":2,"parent_item_id":1,"sku":"TSH-M","name":"T-shirt bleu M",
        "product_type":"simple","qty_ordered":2,"price":0}],
      "extension_attributes":{"shipping_assignments":[{"shipping":{"address":{"firstname":"Zoé",
        "lastname":"Specimen","street":["12 rue de l’Exemple","2e étage"],"city":"Divonne",
        "postcode":"01220","country_id":"FR","telephone":"01"},"method":"flatrate"}}]}})");
}

TEST(MagentoJson, EachValueHasItsPlaceAndConfigurablesCountOnce) {
    const Order order = only(magento());
    EXPECT_EQ(order.number, OrderNumber{"000000001"});
    EXPECT_EQ(order.external_id, "1");
    EXPECT_EQ(order.total, Money{3490});
    EXPECT_EQ(order.ship_to, (Address{"Zoé Specimen", "", "12 rue de l’Exemple", "2e étage",
                                      "01220", "Divonne", "", "FR"}));
    ASSERT_EQ(order.lines.size(), 1U);
    EXPECT_EQ(order.lines[0].quantity, 2);
    EXPECT_EQ(order.lines[0].title, "T-shirt");
    EXPECT_EQ(order.lines[0].variant, "T-shirt bleu M");
    EXPECT_EQ(order.lines[0].line_total, Money{3000});
}

TEST(MagentoJson, StatusFollowsShipmentsAndMoney) {
    json document = magento();
    document["items"][0]["qty_shipped"] = 1;
    EXPECT_EQ(only(document).status, OrderStatus::PartlyShipped);
    document["status"] = "our_own_word";
    EXPECT_EQ(only(document).payment, PaymentStatus::Paid) << "the state decides";
    document["state"] = "also_unknown";
    EXPECT_THAT(refusal(document), HasSubstr("our_own_word"));
    document = magento();
    document["status"] = document["state"] = "closed";
    document["total_refunded"] = 34.9;
    EXPECT_EQ(only(document).status, OrderStatus::Cancelled);
    document["items"][0]["qty_shipped"] = 2;
    EXPECT_EQ(only(document).status, OrderStatus::Shipped);
    EXPECT_EQ(only(document).payment, PaymentStatus::Refunded);
    document = magento();
    document["items"][0]["qty_ordered"] = 1.5;
    EXPECT_THAT(refusal(document), HasSubstr("/items/0/qty_ordered"));
}

json neutral() {
    return json::parse(R"({"order":"N-1","placed_at":"2026-10-05T10:12:40+02:00","status":"open",
      "payment":"paid","currency":"EUR","language":"fr","name":"Zoé","line1":"1 rue","postcode":"07140",
      "city":"Les Vans","country":"FR","total":"24.70","insider":true,"external_id":"x9",
      "parcels":[{"parcel":2,"carrier":"Example Post","tracking":"TEST-2"}],
      "lines":[{"line":2,"title":"Tea","quantity":1,"unit_price":"4.90","parcel":2,"backordered":1,
                "product_id":"p2"},
               {"line":1,"title":"Soap","quantity":2,"unit_price":9.9}]})");
}

TEST(NeutralJson, EachValueHasItsPlace) {
    const Order order = only(neutral());
    EXPECT_TRUE(order.insider);
    EXPECT_EQ(order.external_id, "x9");
    ASSERT_EQ(order.lines.size(), 2U);
    EXPECT_EQ(order.lines[0].line_total, Money{1980});
    EXPECT_EQ(order.lines[1].backordered, 1);
    EXPECT_EQ(order.lines[1].product_id, "p2");
    ASSERT_EQ(order.parcels.size(), 2U);
    EXPECT_EQ(order.parcels[1].carrier, "Example Post");
    json document = neutral();
    document["lines"][1]["line"] = 2;
    EXPECT_THAT(refusal(document), HasSubstr("line 2 stands there twice"));
    document = neutral();
    document["lines"][0]["backordered"] = 2;
    EXPECT_THAT(refusal(document), HasSubstr("backordered"));
}

TEST(JsonOrders, AreFoundByContentInEachShape) {
    const std::string order = shopify().dump();
    for (const std::string& text :
         {order, "[" + order + "," + order + "]", "{\"orders\":[" + order + "]}",
          "{\"order\":" + order + "}", order + "\n" + order + "\n",
          "\xEF\xBB\xBF{\"order\":" + order + "}\n{\"order\":" + order + "}\n"}) {
        const Taken taken = take(text);
        EXPECT_EQ(taken.error, "");
        EXPECT_EQ(taken.format, ImportFormat::ShopifyJson);
        EXPECT_GE(taken.orders.size(), 1U) << text.substr(0, 20);
        EXPECT_EQ(taken.orders.size(), taken.rows);
    }
    EXPECT_EQ(take("{\"items\":[" + magento().dump() + "],\"total_count\":1}").format,
              ImportFormat::MagentoJson);
    EXPECT_EQ(take(magento().dump()).format, ImportFormat::MagentoJson);
    EXPECT_EQ(take(woocommerce().dump()).format, ImportFormat::WooCommerceJson);
    EXPECT_EQ(take("[]").rows, 0U);
    EXPECT_EQ(take("{\"orders\":[]}").error, "");
    EXPECT_THAT(take("{\"webhook_id\":142}").error, HasSubstr("webhook_id"));
    EXPECT_THAT(take("{\"id\":1,\"status\":\"failure\"}").error, HasSubstr("no orders"));
}

// Cut off, bits turned, brackets put in: what stays sound is taken, nothing crashes.
TEST(JsonOrders, KeepTheGoodPartOfWhatBroke) {
    const auto seed = std::random_device{}();
    SCOPED_TRACE("seed " + std::to_string(seed));
    std::mt19937 random(seed);
    std::string sound = "[\n";
    for (int i = 0; i < 20; ++i) {
        json order = shopify();
        order["name"] = fmt::format("#{}", i);
        sound += (i == 0 ? "" : ",\n") + order.dump();
    }
    sound += "\n]";
    for (int round = 0; round < 150; ++round) {
        std::string text = sound;
        const std::size_t at = text.size() / 2 + random() % (text.size() / 2);
        switch (random() % 3) {
            case 0:
                text.resize(at);
                break;
            case 1:
                text[at] = static_cast<char>(text[at] ^ (1 << random() % 7));
                break;
            default:
                text.insert(at, random() % 2 == 0 ? std::string(5000, '[') : std::string("\"{"));
        }
        const Taken taken = take(text);
        if (!taken.error.empty()) continue;  // a byte 0
        EXPECT_GE(taken.orders.size(), 9U);
        EXPECT_LE(taken.orders.size(), 20U);
        EXPECT_GE(taken.orders.size() + taken.rejected.size(), 10U);
        for (const Order& order : taken.orders) EXPECT_FALSE(order.lines.empty());
    }
}

// ---- the samples of the platforms, which lie beside the checkout --------------------------------

const std::filesystem::path kSamples =
    std::filesystem::path(VERSO_SOURCE_DIR) / ".." / "shared" / "samples";

TEST(PlatformSamples, AreRead) {
    if (!std::filesystem::exists(kSamples / "shopify" / "order.json")) {
        GTEST_SKIP() << "the samples are not beside the checkout: " << kSamples;
    }
    const std::map<std::string, std::pair<ImportFormat, std::size_t>> files{
        {"shopify/order.json", {ImportFormat::ShopifyJson, 1}},
        {"shopify/orders.json", {ImportFormat::ShopifyJson, 0}},
        {"synthetic/shopify-webhook-orders_fulfilled.json", {ImportFormat::ShopifyJson, 1}},
        {"synthetic/woocommerce-webhook-order.updated.json", {ImportFormat::WooCommerceJson, 1}},
        {"woocommerce/orders-doc-0.json", {ImportFormat::WooCommerceJson, 1}},
        {"woocommerce/orders-doc-2.json", {ImportFormat::WooCommerceJson, 2}},
        {"woocommerce/orders-doc-3.json", {ImportFormat::WooCommerceJson, 1}},
        {"synthetic/magento-rest-orders.json", {ImportFormat::MagentoJson, 1}},
    };
    for (const auto& [file, expected] : files) {
        std::ifstream in(kSamples / file, std::ios::binary);
        const Taken taken = take(std::string(std::istreambuf_iterator<char>(in), {}));
        EXPECT_EQ(taken.error, "") << file;
        EXPECT_EQ(taken.format, expected.first) << file;
        EXPECT_EQ(taken.orders.size(), expected.second) << file;
        // The fixture of Shopify's list has an order without lines.
        EXPECT_EQ(taken.rows, taken.orders.size() + taken.updates.size()) << file;
        for (const auto& row : taken.rejected) ADD_FAILURE() << file << row.column << row.reason;
    }
}

}  // namespace
}  // namespace verso::records

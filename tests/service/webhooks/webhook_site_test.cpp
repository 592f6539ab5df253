// SPDX-License-Identifier: Apache-2.0
#include "service/webhooks/webhook_site.h"

#include <gmock/gmock.h>

#include "core/crypto/message_code.h"
#include "service_fixture.h"

namespace verso::service {
namespace {

using ::testing::HasSubstr;

const std::string kSecret = testing::ServiceTest::kWebhookSecret;
const std::string kOrder =
    R"({"id":1,"name":"#7001","created_at":"2026-10-01T10:00:00+02:00","financial_status":"paid",)"
    R"("currency":"EUR","total_price":"13.80","line_items":[{"id":1,"title":"Fleur de sel","sku":"SEL-1","quantity":2,"price":"6.90"}],)"
    R"("shipping_address":{"name":"Ada Exemple","address1":"1 rue d'Exemple","zip":"07140","city":"Les Vans","country_code":"FR"}})";

class WebhookSiteTest : public testing::ServiceTest {
  protected:
    HttpResponse hook(const std::string& place, const std::string& body, const std::string& id,
                      const std::string& topic = "orders/create",
                      const std::string& secret = kSecret) {
        HttpRequest request;
        request.method = Method::Post;
        request.path = place;
        request.body = body;
        request.headers = {{"X-Shopify-Topic", topic},
                           {"X-Shopify-Webhook-Id", id},
                           {"X-Shopify-Hmac-Sha256", encode_base64(hmac_sha256(secret, body))}};
        return call(std::move(request));
    }
    bool has_order(const std::string& number) {
        return store().find_summary(ShopId{1}, OrderNumber{number}).has_value();
    }
};

TEST_F(WebhookSiteTest, AGenuineOrderIsKeptOnce) {
    const auto first = hook("/hooks/main/shopify", kOrder, "a");
    EXPECT_EQ(first.status, 200) << *first.body;
    EXPECT_THAT(*first.body, HasSubstr("\"new\":1"));
    EXPECT_TRUE(has_order("#7001"));
    const auto again = hook("/hooks/main/shopify", kOrder, "a");
    EXPECT_EQ(again.status, 200);
    EXPECT_THAT(*again.body, HasSubstr("\"known\":true"));
}

TEST_F(WebhookSiteTest, AReplayOfAnOlderMessageChangesNothing) {
    std::string cancelled = kOrder;
    cancelled.insert(1, R"("cancelled_at":"2026-10-02T10:00:00+02:00",)");
    hook("/hooks/main/shopify", kOrder, "a");
    hook("/hooks/main/shopify", cancelled, "b", "orders/cancelled");
    hook("/hooks/main/shopify", kOrder, "a");
    ASSERT_TRUE(has_order("#7001"));
    EXPECT_EQ(store().find_summary(ShopId{1}, OrderNumber{"#7001"})->status,
              OrderStatus::Cancelled);
}

TEST_F(WebhookSiteTest, ForgedAndForeignMessagesAreRefusedAlike) {
    EXPECT_EQ(hook("/hooks/main/shopify", kOrder, "a", "orders/create", "another secret").status,
              401);
    EXPECT_EQ(hook("/hooks/main/woocommerce", kOrder, "a").status, 401) << "no secret is set";
    EXPECT_EQ(hook("/hooks/other/shopify", kOrder, "a").status, 401) << "another shop's secret";
    EXPECT_EQ(hook("/hooks/nowhere/shopify", kOrder, "a").status, 404);
    EXPECT_EQ(hook("/hooks/1/shopify", kOrder, "a").status, 404);
    EXPECT_EQ(hook("/hooks/main/pigeon", kOrder, "a").status, 404);
    EXPECT_FALSE(has_order("#7001"));
}

TEST_F(WebhookSiteTest, WhatCannotBeReadIsToldAndMayComeAgain) {
    EXPECT_EQ(hook("/hooks/main/shopify", "{\"name\":", "a").status, 422);
    EXPECT_EQ(hook("/hooks/main/shopify", kOrder, "a").status, 200);
    EXPECT_TRUE(has_order("#7001"));
}

TEST_F(WebhookSiteTest, OtherTopicsAreIgnored) {
    const auto ignored = hook("/hooks/main/shopify", "{}", "a", "products/update");
    EXPECT_EQ(ignored.status, 200);
    EXPECT_THAT(*ignored.body, HasSubstr("ignored"));
}

/// What PrestaShop's webservice says of an order and of its state, one document after the other.
const std::string kPrestashop =
    "<?xml "
    "version=\"1.0\"?><prestashop><order><id>9</id><id_address_delivery>2</id_address_delivery>"
    "<current_state>5</current_state><delivery_date>2026-10-08 00:00:00</delivery_date>"
    "<date_add>2026-10-05 10:12:40</date_add><date_upd>2026-10-08 15:01:02</date_upd>"
    "<total_paid>6.90</total_paid><reference>XKBKNABJK</reference><associations><order_rows>"
    "<order_row><id>1</id><product_id>1</product_id><product_quantity>1</product_quantity>"
    "<product_name>Fleur de sel</product_name><unit_price_tax_incl>6.90</unit_price_tax_incl>"
    "</order_row></order_rows></associations></order></prestashop>"
    "<?xml version=\"1.0\"?><prestashop><order_state><id>5</id><paid>1</paid><shipped>1</shipped>"
    "<delivery>1</delivery><send_email>0</send_email></order_state></prestashop>";

TEST_F(WebhookSiteTest, AnOrderOfPrestaShopsWebservice) {
    HttpRequest request;
    request.method = Method::Post;
    request.path = "/hooks/main/prestashop";
    request.body = kPrestashop;
    request.headers = {{"X-Webhook-Signature", encode_hex(hmac_sha256(kSecret, kPrestashop))}};
    const auto taken = call(request);
    EXPECT_EQ(taken.status, 200) << *taken.body;
    EXPECT_THAT(*taken.body, HasSubstr("\"new\":1"));
    EXPECT_TRUE(has_order("XKBKNABJK")) << *taken.body;
    EXPECT_THAT(*call(request).body, HasSubstr("known"));
    request.headers.front().second.front() = 'x';
    EXPECT_EQ(call(request).status, 401);
}

}  // namespace
}  // namespace verso::service

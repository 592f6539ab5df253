// SPDX-License-Identifier: Apache-2.0
#include "service/webhooks/signature.h"

#include <gtest/gtest.h>

#include "core/crypto/message_code.h"

namespace verso::service {
namespace {

HttpRequest signed_by(const std::string& header, const std::string& value,
                      const std::string& body) {
    HttpRequest request;
    request.method = Method::Post;
    request.headers.emplace_back(header, value);
    request.body = body;
    return request;
}

const std::string kBody = "{\"id\": 1,  \"name\": \"#1001\"}\n";
const std::string kSecret = "a & 'secret'";

std::string base64_code(const std::string& secret) {
    return encode_base64(hmac_sha256(secret, kBody));
}

TEST(WebhookSignature, TheCodeOfTheStandardsOwnExample) {
    // RFC 4231, test case 2.
    EXPECT_EQ(encode_hex(hmac_sha256("Jefe", "what do ya want for nothing?")),
              "5bdcc146bf60754e6a042426089575c75a003f089d2739839dec58b964ec3843");
}

TEST(WebhookSignature, EachSourceSignsInItsOwnWay) {
    EXPECT_TRUE(is_genuine(WebhookSource::Shopify, kSecret,
                           signed_by("x-shopify-hmac-sha256", base64_code(kSecret), kBody)));
    EXPECT_TRUE(is_genuine(WebhookSource::AfterShip, kSecret,
                           signed_by("AfterShip-Hmac-Sha256", base64_code(kSecret), kBody)));
    EXPECT_TRUE(is_genuine(WebhookSource::WooCommerce, "a &amp; &#039;secret&#39;",
                           signed_by("X-WC-Webhook-Signature", base64_code(kSecret), kBody)));
    EXPECT_TRUE(is_genuine(WebhookSource::Neutral, kSecret,
                           signed_by("X-Verso-Signature",
                                     "sha256=" + encode_hex(hmac_sha256(kSecret, kBody)), kBody)));
    // é in one character and in two: EasyPost signs with the two.
    EXPECT_TRUE(is_genuine(
        WebhookSource::EasyPost, "s\u00e9cret",
        signed_by("X-Hmac-Signature",
                  "hmac-sha256-hex=" + encode_hex(hmac_sha256("se\u0301cret", kBody)), kBody)));
    EXPECT_TRUE(
        is_genuine(WebhookSource::Karrio, kSecret, signed_by("X-Event-Id", kSecret, kBody)));
    HttpRequest by_token;
    by_token.query = "token=a+%26+%27secret%27";
    EXPECT_TRUE(is_genuine(WebhookSource::Shippo, kSecret, by_token));
}

TEST(WebhookSignature, OneByteMoreOrLessAndItIsForged) {
    const auto genuine = signed_by("X-Shopify-Hmac-Sha256", base64_code(kSecret), kBody);
    for (std::size_t at = 0; at < kBody.size(); ++at) {
        auto changed = genuine;
        changed.body[at] ^= 1;
        EXPECT_FALSE(is_genuine(WebhookSource::Shopify, kSecret, changed)) << at;
    }
    auto longer = genuine;
    longer.body += ' ';
    EXPECT_FALSE(is_genuine(WebhookSource::Shopify, kSecret, longer));
    auto without = genuine;
    without.headers.clear();
    EXPECT_FALSE(is_genuine(WebhookSource::Shopify, kSecret, without));
    EXPECT_FALSE(is_genuine(WebhookSource::Shopify, "another", genuine));
    auto cut = genuine;
    cut.headers.front().second.pop_back();
    EXPECT_FALSE(is_genuine(WebhookSource::Shopify, kSecret, cut));
}

TEST(WebhookSignature, ModulesOfPrestaShopSignOrShowTheSecret) {
    const auto source = WebhookSource::PrestaShop;
    const std::string code = encode_hex(hmac_sha256(kSecret, kBody));
    EXPECT_TRUE(is_genuine(source, kSecret, signed_by("X-Webhook-Signature", code, kBody)));
    EXPECT_TRUE(
        is_genuine(source, kSecret, signed_by("X-Webhook-Signature", "sha256=" + code, kBody)));
    EXPECT_TRUE(is_genuine(source, kSecret, signed_by("X-Webhook-Token", kSecret, kBody)));
    EXPECT_TRUE(
        is_genuine(source, kSecret, signed_by("Authorization", "Bearer " + kSecret, kBody)));
    for (const auto& [name, value] :
         {std::pair<std::string, std::string>{"X-Webhook-Signature", code.substr(1)},
          {"X-Webhook-Signature", "sha1=" + code},
          {"X-Webhook-Token", kSecret + "x"},
          {"X-Webhook-Token", ""},
          {"Authorization", kSecret},
          {"Authorization", "Basic " + kSecret}}) {
        EXPECT_FALSE(is_genuine(source, kSecret, signed_by(name, value, kBody))) << value;
    }
    // A wrong signature is not made good by a token beside it.
    auto both = signed_by("X-Webhook-Signature", std::string(64, '0'), kBody);
    both.headers.emplace_back("X-Webhook-Token", kSecret);
    EXPECT_FALSE(is_genuine(source, kSecret, both));
}

TEST(WebhookSignature, NoSecretIsNoKey) {
    for (const auto source : {WebhookSource::Shopify, WebhookSource::Karrio, WebhookSource::Shippo,
                              WebhookSource::Neutral, WebhookSource::PrestaShop}) {
        HttpRequest request =
            signed_by("X-Shopify-Hmac-Sha256", encode_base64(hmac_sha256("", kBody)), kBody);
        EXPECT_FALSE(is_genuine(source, "", request)) << to_string(source);
    }
}

TEST(WebhookSignature, AMessageIsKnownAgain) {
    auto request = signed_by("X-Shopify-Webhook-Id", "b54557e4", kBody);
    EXPECT_EQ(delivery_id(WebhookSource::Shopify, request), "b54557e4");
    EXPECT_EQ(delivery_id(WebhookSource::AfterShip, request).substr(0, 7), "sha256:");
    request.headers.front().second = std::string(5000, 'x');
    EXPECT_EQ(delivery_id(WebhookSource::Shopify, request).size(), 71U);
}

TEST(WebhookSignature, EverySourceHasItsName) {
    for (const char* name : {"shopify", "woocommerce", "easypost", "aftership", "shippo", "karrio",
                             "neutral", "prestashop"}) {
        EXPECT_EQ(to_string(parse_webhook_source(name).value()), name);
    }
    EXPECT_FALSE(parse_webhook_source("pigeon"));
    HttpRequest ping;
    ping.body = "webhook_id=142";
    EXPECT_TRUE(is_ping(WebhookSource::WooCommerce, ping));
    EXPECT_FALSE(is_ping(WebhookSource::Shopify, ping));
}

}  // namespace
}  // namespace verso::service

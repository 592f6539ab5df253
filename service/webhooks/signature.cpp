// SPDX-License-Identifier: Apache-2.0
#include "service/webhooks/signature.h"

#include <algorithm>
#include <array>
#include <utility>

#include <unicode/normalizer2.h>
#include <unicode/unistr.h>

#include "core/crypto/crypto.h"
#include "core/crypto/message_code.h"
#include "service/http/web_text.h"

namespace verso::service {

namespace {

constexpr std::array<std::pair<WebhookSource, std::string_view>, 8> kNames{{
    {WebhookSource::Shopify, "shopify"},
    {WebhookSource::WooCommerce, "woocommerce"},
    {WebhookSource::EasyPost, "easypost"},
    {WebhookSource::AfterShip, "aftership"},
    {WebhookSource::Shippo, "shippo"},
    {WebhookSource::Karrio, "karrio"},
    {WebhookSource::Neutral, "neutral"},
    {WebhookSource::PrestaShop, "prestashop"},
}};

/// As wp_specialchars_decode(…, ENT_QUOTES): each reference once, & last.
std::string without_references(std::string_view text) {
    static constexpr std::array<std::pair<std::string_view, char>, 12> kReferences{{
        {"&lt;", '<'},
        {"&#60;", '<'},
        {"&#060;", '<'},
        {"&gt;", '>'},
        {"&#62;", '>'},
        {"&#062;", '>'},
        {"&quot;", '"'},
        {"&#34;", '"'},
        {"&#034;", '"'},
        {"&#039;", '\''},
        {"&#39;", '\''},
        {"&amp;", '&'},
    }};
    std::string out;
    while (!text.empty()) {
        const auto known =
            std::find_if(kReferences.begin(), kReferences.end(),
                         [&](const auto& one) { return text.starts_with(one.first); });
        out += known == kReferences.end() ? text.front() : known->second;
        text.remove_prefix(known == kReferences.end() ? 1 : known->first.size());
    }
    return out;
}

std::string in_nfkd(std::string_view text) {
    UErrorCode fault = U_ZERO_ERROR;
    const auto* normalizer = icu::Normalizer2::getNFKDInstance(fault);
    if (U_FAILURE(fault)) return std::string(text);
    const auto whole = icu::UnicodeString::fromUTF8(
        icu::StringPiece(text.data(), static_cast<std::int32_t>(text.size())));
    std::string out;
    normalizer->normalize(whole, fault).toUTF8String(out);
    return U_FAILURE(fault) ? std::string(text) : out;
}

bool is_base64_code(std::string_view given, std::string_view secret, std::string_view body) {
    return same_bytes(given, encode_base64(hmac_sha256(secret, body)));
}

bool is_hex_code(std::string_view given, std::string_view prefix, std::string_view secret,
                 std::string_view body) {
    if (!given.starts_with(prefix)) return false;
    given.remove_prefix(prefix.size());
    return same_bytes(given, encode_hex(hmac_sha256(secret, body)));
}

bool is_genuine_prestashop(std::string_view secret, const HttpRequest& request) {
    const auto code = trimmed(request.header("X-Webhook-Signature"));
    if (!code.empty()) {
        const std::string_view prefix = code.starts_with("sha256=") ? "sha256=" : "";
        return is_hex_code(code, prefix, secret, request.body);
    }
    constexpr std::string_view kBearer = "Bearer ";
    auto token = trimmed(request.header("X-Webhook-Token"));
    const auto given = trimmed(request.header("Authorization"));
    if (token.empty() && given.starts_with(kBearer)) token = trimmed(given.substr(kBearer.size()));
    return same_bytes(token, secret);
}

}  // namespace

std::string_view to_string(WebhookSource source) {
    return kNames.at(static_cast<std::size_t>(source)).second;
}

Result<WebhookSource> parse_webhook_source(std::string_view text) {
    for (const auto& [source, name] : kNames) {
        if (name == text) return source;
    }
    return Error{ErrorCode::ValueInvalid, "no webhook comes from \"" + std::string(text) + "\"", "",
                 "shopify, woocommerce, easypost, aftership, shippo, karrio, neutral, prestashop"};
}

bool is_genuine(WebhookSource source, std::string_view secret, const HttpRequest& request) {
    if (secret.empty()) return false;
    const std::string& body = request.body;
    switch (source) {
        case WebhookSource::Shopify:
            return is_base64_code(request.header("X-Shopify-Hmac-Sha256"), secret, body);
        case WebhookSource::WooCommerce:
            return is_base64_code(request.header("X-WC-Webhook-Signature"),
                                  without_references(secret), body);
        case WebhookSource::AfterShip:
            return is_base64_code(request.header("aftership-hmac-sha256"), secret, body);
        case WebhookSource::EasyPost:
            return is_hex_code(request.header("X-Hmac-Signature"),
                               "hmac-sha256-hex=", in_nfkd(secret), body);
        case WebhookSource::Neutral:
            return is_hex_code(request.header("X-Verso-Signature"), "sha256=", secret, body);
        case WebhookSource::Karrio:
            return same_bytes(request.header("X-Event-Id"), secret) ||
                   same_bytes(request.query_value("token"), secret);
        case WebhookSource::Shippo:
            return same_bytes(request.query_value("token"), secret);
        case WebhookSource::PrestaShop:
            return is_genuine_prestashop(secret, request);
    }
    return false;
}

std::string delivery_id(WebhookSource source, const HttpRequest& request) {
    std::string_view own;
    if (source == WebhookSource::Shopify) own = request.header("X-Shopify-Webhook-Id");
    if (source == WebhookSource::WooCommerce) own = request.header("X-WC-Webhook-Delivery-ID");
    if (source == WebhookSource::PrestaShop) own = request.header("X-Webhook-Id");
    if (!own.empty() && own.size() <= 100) return std::string(own);
    return "sha256:" + sha256_hex(request.body);
}

bool is_ping(WebhookSource source, const HttpRequest& request) {
    return source == WebhookSource::WooCommerce && request.body.starts_with("webhook_id=");
}

}  // namespace verso::service

// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <optional>
#include <string>
#include <string_view>

#include "core/util/result.h"
#include "service/http/message.h"

namespace verso::service {

// Is this message of a shop platform or a carrier genuine, and was it told before? Pure.

/// Who sends. Neutral is for whoever can sign for himself: a script.
enum class WebhookSource {
    Shopify,
    WooCommerce,
    EasyPost,
    AfterShip,
    Shippo,
    Karrio,
    Neutral,
    PrestaShop
};
/// "shopify", "woocommerce" … as in the address and in verso.toml, [webhooks].
std::string_view to_string(WebhookSource source);
Result<WebhookSource> parse_webhook_source(std::string_view text);

/// Whether the message was signed with the secret. Always over the bytes of the body as they came,
/// compared in constant time:
/// Shopify        X-Shopify-Hmac-Sha256: base64(HMAC-SHA256)
/// WooCommerce    X-WC-Webhook-Signature: the same, with the secret's HTML characters decoded first
/// EasyPost       X-Hmac-Signature: hmac-sha256-hex=…, with the secret in NFKD
/// AfterShip      aftership-hmac-sha256: base64(HMAC-SHA256)
/// Shippo, Karrio a shared secret: ?token= in the address, or Karrio's header X-Event-Id
/// Neutral        X-Verso-Signature: sha256=hex(HMAC-SHA256)
/// PrestaShop     has no webhooks of its own. Its modules: X-Webhook-Signature: hex(HMAC-SHA256),
/// with
///                sha256= before it or without; or the secret itself, as X-Webhook-Token or as
///                Authorization: Bearer. A signature that is there and wrong is never made good.
/// An empty secret is never right.
bool is_genuine(WebhookSource source, std::string_view secret, const HttpRequest& request);

/// By what a message is known again: the sender's own number of it, where there is one, else the
/// SHA-256 of its body.
std::string delivery_id(WebhookSource source, const HttpRequest& request);

/// True for what a platform sends to see whether anybody is there: it holds no order.
bool is_ping(WebhookSource source, const HttpRequest& request);

}  // namespace verso::service

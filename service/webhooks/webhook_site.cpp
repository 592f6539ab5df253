// SPDX-License-Identifier: Apache-2.0
#include "service/webhooks/webhook_site.h"

#include <nlohmann/json.hpp>

#include "records/carriers/event_reader.h"
#include "records/import/importer.h"
#include "records/store/access_book.h"

namespace verso::service {

namespace {

using Json = nlohmann::ordered_json;
using records::Store;

constexpr std::size_t kMostBytes = 4U << 20;
/// Clocks differ, and a day alone may be tomorrow's; a delivery of next week is a mistake.
constexpr std::chrono::hours kFuture{48};

HttpResponse told(const Json& json, int status = 200) {
    return json_response(json.dump(-1, ' ', false, Json::error_handler_t::replace) + "\n", status);
}

HttpResponse refused(int status, const std::string& message) {
    return told({{"error", {{"message", message}}}}, status);
}

/// What the file formats say is wrong is the sender's fault; all else is ours, and worth another
/// try.
HttpResponse failed(const Error& error) {
    const bool is_theirs =
        error.code == ErrorCode::FormatInvalid || error.code == ErrorCode::LimitExceeded;
    return is_theirs ? refused(422, error.message) : refused(503, "the records cannot be reached");
}

Result<Json> take_orders(Store& store, ShopId shop, const std::string& body, const Clock& clock) {
    auto report = records::import_orders(store, shop, body, "webhook", {}, clock);
    if (!report) return report.error();
    Json rejected = Json::array();
    for (const auto& row : report->rejected) {
        rejected.push_back({{"order", row.order}, {"column", row.column}, {"reason", row.reason}});
    }
    return Json{{"new", report->orders_new},
                {"changed", report->orders_changed},
                {"unchanged", report->orders_unchanged},
                {"rejected", std::move(rejected)}};
}

Result<Json> take_events(Store& store, ShopId shop, const std::string& body, Instant now) {
    std::vector<records::CarrierEvent> events;
    records::EventSink sink([&](records::CarrierEvent&& event) -> Result<void> {
        events.push_back(std::move(event));
        return {};
    });
    sink.set_latest(now + kFuture);
    const auto source = records::memory_source(body);
    if (auto read = records::read_carrier_events(*source, std::nullopt, sink); !read) {
        return read.error();
    }
    auto kept = store.parcel_events().keep(shop, events, now);
    if (!kept) return kept.error();
    Json rejected = Json::array();
    for (const auto& one : sink.rejected()) {
        rejected.push_back({{"place", one.pointer}, {"reason", one.reason}});
    }
    return Json{{"new", kept->added}, {"known", kept->known}, {"rejected", std::move(rejected)}};
}

/// In one transaction: a message that could not be kept is not known again, so that the sender's
/// next try counts.
HttpResponse keep(Store& store, ShopId shop, WebhookSource source, WebhookMatter matter,
                  const HttpRequest& request, const Clock& clock) {
    auto scope = store.begin();
    if (!scope) return failed(scope.error());
    const Instant now = clock.now();
    auto is_new =
        store.access().note_delivery(shop, to_string(source), delivery_id(source, request), now);
    if (!is_new) return failed(is_new.error());
    if (!*is_new) return told({{"known", true}});
    auto taken = matter == WebhookMatter::Orders ? take_orders(store, shop, request.body, clock)
                                                 : take_events(store, shop, request.body, now);
    if (!taken) return failed(taken.error());
    if (auto kept = (*scope)->commit(); !kept) return failed(kept.error());
    return told(*taken);
}

}  // namespace

WebhookMatter matter_of(WebhookSource source, const HttpRequest& request) {
    if (is_ping(source, request)) return WebhookMatter::Nothing;
    switch (source) {
        case WebhookSource::Shopify: {
            const auto topic = request.header("X-Shopify-Topic");
            if (topic.starts_with("orders/")) return WebhookMatter::Orders;
            // What shops of the platform must answer about privacy is done by `verso privacy`.
            return topic.starts_with("fulfillment") ? WebhookMatter::Events
                                                    : WebhookMatter::Nothing;
        }
        case WebhookSource::WooCommerce:
            return request.header("X-WC-Webhook-Topic").starts_with("order.")
                       ? WebhookMatter::Orders
                       : WebhookMatter::Nothing;
        case WebhookSource::Neutral:
            return request.header("X-Verso-Topic") == "orders" ? WebhookMatter::Orders
                                                               : WebhookMatter::Events;
        case WebhookSource::PrestaShop:
            return WebhookMatter::Orders;
        case WebhookSource::EasyPost:
        case WebhookSource::AfterShip:
        case WebhookSource::Shippo:
        case WebhookSource::Karrio:
            return WebhookMatter::Events;
    }
    return WebhookMatter::Nothing;
}

void WebhookSite::add_routes(Router& router) {
    router.add(
        {Method::Post, "/hooks/{shop}/{source}",
         [this](const HttpRequest& request, const PathValues& path) { return take(request, path); },
         kMostBytes});
}

Reply WebhookSite::take(const HttpRequest& request, const PathValues& path) {
    const ShopFace* face = parts_.faces.find(path.at("shop"));
    const auto source = parse_webhook_source(path.at("source"));
    if (face == nullptr || !source) return refused(404, "no webhook is taken here");
    const auto secret = face->webhook_secrets.find(*source);
    // A source without a secret and a wrong signature are one to a stranger.
    if (secret == face->webhook_secrets.end() || !is_genuine(*source, secret->second, request)) {
        return refused(401, "the signature is not right");
    }
    const WebhookMatter matter = matter_of(*source, request);
    if (matter == WebhookMatter::Nothing) return told({{"ignored", true}});
    return parts_.gate.slow(
        [shop = face->id, source = *source, matter, request, &clock = parts_.clock](Store& store) {
            return keep(store, shop, source, matter, request, clock);
        });
}

}  // namespace verso::service

// SPDX-License-Identifier: Apache-2.0
#include "service/site/site.h"

#include <set>

#include "service/api/api_problem.h"

namespace verso::service {

namespace {

Handler serve_asset(const Asset& asset) {
    return [&asset](const HttpRequest&, const PathValues&) -> Reply {
        HttpResponse response;
        response.body = asset.bytes;
        response.with("Content-Type", asset.type)
            .with("Cache-Control", "public, max-age=31536000, immutable");
        return response;
    };
}

std::string refusal(int status) {
    switch (status) {
        case 404:
            return "There is nothing at this address.\n";
        case 405:
            return "This address does not take this kind of request.\n";
        case 413:
            return "This is more than can be taken at once.\n";
        case 431:
            return "The request's headers are too long.\n";
        case 500:
            return "This failed inside. It is not your fault; the operator's log has it.\n";
        default:
            return std::string(reason_of(status)) + ".\n";
    }
}

}  // namespace

void add_safe_headers(const HttpRequest& request, HttpResponse& response) {
    const auto add = [&](const char* name, const char* value) {
        if (response.header(name).empty()) response.with(name, value);
    };
    add("Content-Security-Policy",
        "default-src 'none'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'");
    add("X-Content-Type-Options", "nosniff");
    // The address of a card's page is its secret: it must not travel to other sites, nor stay in a
    // shared cache.
    add("Referrer-Policy", "no-referrer");
    add("Cache-Control", "no-store");
    add("Cross-Origin-Opener-Policy", "same-origin");
    add("Cross-Origin-Resource-Policy", "same-origin");
    if (request.peer.is_secure) add("Strict-Transport-Security", "max-age=31536000");
}

Site::Site(Parts parts) : parts_(std::move(parts)) {
    buyer_ = std::make_unique<BuyerSite>(BuyerSite::Parts{.gate = *parts_.gate,
                                                          .book = parts_.book,
                                                          .faces = parts_.faces,
                                                          .layouts = *parts_.layouts,
                                                          .clock = *parts_.clock,
                                                          .lanes = parts_.lanes,
                                                          .photos = parts_.works.photos,
                                                          .labels = parts_.works.labels});
    buyer_->add_routes(router_);
    orders_ = std::make_unique<OrderSite>(*buyer_);
    orders_->add_routes(router_);
    webhooks_ = std::make_unique<WebhookSite>(
        WebhookSite::Parts{.gate = *parts_.gate, .faces = parts_.faces, .clock = *parts_.clock});
    webhooks_->add_routes(router_);
    desk_ = std::make_unique<DeskSite>(DeskSite::Parts{.gate = *parts_.gate,
                                                       .book = parts_.book,
                                                       .faces = parts_.faces,
                                                       .layouts = *parts_.layouts,
                                                       .clock = *parts_.clock,
                                                       .works = parts_.works,
                                                       .lanes = parts_.lanes});
    desk_->add_routes(router_);
    api_ = std::make_unique<ApiSite>(
        ApiDoor::Parts{.gate = *parts_.gate, .faces = parts_.faces, .clock = *parts_.clock},
        parts_.api_description, parts_.works.scans);
    api_->add_routes(router_);
    add_assets();
    add_machine_routes();
}

Site::~Site() = default;

void Site::renew(ShopFace face) {
    const auto before = parts_.faces.shops.find(face.id);
    if (before != parts_.faces.shops.end()) face.own_pages = before->second.own_pages;
    parts_.faces.renew(std::move(face));
}

void Site::add_assets() {
    std::set<std::string> served;
    const auto add = [&](const PageBook& book) {
        for (const auto& [name, asset] : book.assets()) {
            if (!served.insert(asset.place).second) continue;
            router_.add({Method::Get, asset.place, serve_asset(asset)});
        }
    };
    add(parts_.book);
    for (const auto& [id, face] : parts_.faces.shops) {
        if (face.own_pages) add(*face.own_pages);
    }
}

void Site::add_machine_routes() {
    router_.add({Method::Get, "/healthz", [](const HttpRequest&, const PathValues&) -> Reply {
                     return text_response("ok\n");
                 }});
    router_.add(
        {Method::Get, "/readyz", [this](const HttpRequest& request, const PathValues&) -> Reply {
             const auto shops = parts_.gate->reader(request.lane).shops();
             return shops ? text_response("ready\n")
                          : text_response("the records cannot be reached\n", 503);
         }});
    router_.add({Method::Get, "/metrics", [this](const HttpRequest&, const PathValues&) -> Reply {
                     HttpResponse response = text_response(metrics_.text());
                     response.headers.clear();
                     return response.with("Content-Type",
                                          "text/plain; version=0.0.4; charset=utf-8");
                 }});
}

Application Site::application() {
    return {.router = &router_,
            .refuse =
                [](const HttpRequest& request, int status) {
                    if (request.path.starts_with("/api/")) return plain_problem(status);
                    return text_response(refusal(status), status);
                },
            .finish = add_safe_headers,
            .served =
                [this](const Served& served) {
                    metrics_.count(served);
                    if (parts_.log) parts_.log(served);
                }};
}

}  // namespace verso::service

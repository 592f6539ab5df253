// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <map>
#include <memory>

#include "core/card/card_layout.h"
#include "core/util/time.h"
#include "service/api/api_site.h"
#include "service/buyer/buyer_site.h"
#include "service/buyer/order_site.h"
#include "service/desk/desk_site.h"
#include "service/http/server.h"
#include "service/pages/page_book.h"
#include "service/site/metrics.h"
#include "service/site/records_gate.h"
#include "service/site/shop_face.h"
#include "service/webhooks/webhook_site.h"

namespace verso::service {

/// All that the service answers, put together: what Server is started with.
class Site {
  public:
    struct Parts {
        std::unique_ptr<RecordsGate> gate;
        PageBook book;
        ShopFaces faces;
        std::unique_ptr<LayoutShelf> layouts;
        const Clock* clock = &system_clock();
        int lanes = 1;
        DeskWorks works{};
        /// The OpenAPI document of /api/v1; null: it is not served.
        std::shared_ptr<const std::string> api_description{};
        /// One line for each answered request; null: none is kept.
        std::function<void(const Served&)> log;
    };
    explicit Site(Parts parts);
    ~Site();
    /// Requires: the site outlives the server.
    Application application();
    const Router& router() const { return router_; }
    /// A shop's settings were read anew: its pages show them from now on. Its own pages stay as
    /// they were at the start. Thread-safe.
    void renew(ShopFace face);
    const ShopFaces& faces() const { return parts_.faces; }

  private:
    void add_assets();
    void add_machine_routes();

    Parts parts_;
    Metrics metrics_;
    std::unique_ptr<BuyerSite> buyer_;
    std::unique_ptr<OrderSite> orders_;
    std::unique_ptr<WebhookSite> webhooks_;
    std::unique_ptr<DeskSite> desk_;
    std::unique_ptr<ApiSite> api_;
    Router router_;
};

/// What every response carries against being framed, sniffed, kept or leaked; what a page has set
/// itself stays.
void add_safe_headers(const HttpRequest& request, HttpResponse& response);

}  // namespace verso::service

// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/util/time.h"
#include "service/http/router.h"
#include "service/site/records_gate.h"
#include "service/site/shop_face.h"
#include "service/webhooks/signature.h"

namespace verso::service {

/// What shop platforms and carriers send by themselves: POST /hooks/SHOP/SOURCE. Genuine messages
/// become orders or events of that shop, each once; of the rest nothing is kept.
class WebhookSite {
  public:
    struct Parts {
        RecordsGate& gate;
        const ShopFaces& faces;
        const Clock& clock;
    };
    /// Requires: the parts outlive it.
    explicit WebhookSite(Parts parts) : parts_(parts) {}
    /// Requires: the site outlives the router.
    void add_routes(Router& router);

  private:
    Reply take(const HttpRequest& request, const PathValues& path);

    Parts parts_;
};

/// What a message is about, as far as its source says: a neutral one by X-Verso-Topic.
enum class WebhookMatter { Orders, Events, Nothing };
WebhookMatter matter_of(WebhookSource source, const HttpRequest& request);

}  // namespace verso::service

// SPDX-License-Identifier: Apache-2.0
#include "service/api/api_site.h"

#include "service/api/api_problem.h"
#include "service/api/api_routes.h"

namespace verso::service {

void ApiSite::add_routes(Router& router) {
    router.add({Method::Get, "/api/v1/openapi.json",
                [text = description_](const HttpRequest&, const PathValues&) -> Reply {
                    if (text == nullptr || text->empty()) return plain_problem(404);
                    HttpResponse response;
                    response.body = text;
                    return response.with("Content-Type", "application/json")
                        .with("Cache-Control", "public, max-age=300");
                }});
    add_order_routes(door_, router);
    add_rating_routes(door_, router);
    add_return_routes(door_, router);
    add_event_routes(door_, router);
    add_figure_routes(door_, router);
    add_hook_routes(door_, router);
    add_scan_routes(door_, router, scans_);
}

}  // namespace verso::service

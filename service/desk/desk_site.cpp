// SPDX-License-Identifier: Apache-2.0
#include "service/desk/desk_site.h"

namespace verso::service {

DeskSite::DeskSite(Parts parts)
    : keeper_(parts.gate, parts.faces, parts.clock),
      frame_({.gate = parts.gate,
              .book = parts.book,
              .faces = parts.faces,
              .layouts = parts.layouts,
              .clock = parts.clock,
              .keeper = keeper_,
              .works = parts.works,
              .lanes = parts.lanes}),
      login_(frame_),
      bench_(frame_),
      printers_(frame_),
      scans_(frame_),
      review_(frame_),
      returns_(frame_),
      customers_(frame_),
      ratings_(frame_),
      shop_(frame_),
      people_(frame_),
      photos_(frame_),
      imports_(frame_),
      disputes_(frame_) {}

void DeskSite::add_routes(Router& router) {
    login_.add_routes(router);
    bench_.add_routes(router);
    printers_.add_routes(router);
    scans_.add_routes(router);
    review_.add_routes(router);
    returns_.add_routes(router);
    customers_.add_routes(router);
    ratings_.add_routes(router);
    shop_.add_routes(router);
    people_.add_routes(router);
    photos_.add_routes(router);
    imports_.add_routes(router);
    disputes_.add_routes(router);
    const DeskFrame& frame = frame_;
    router.add(
        {Method::Get, "/desk/{shop}",
         keeper_.guard(records::Permission::ReadOrders,
                       [](const HttpRequest&, const PathValues&, const Visitor& visitor) -> Reply {
                           return see_other(DeskFrame::home_of(visitor));
                       })});
    // The one thing of a shop's look that a style sheet cannot know. It is no secret: buyers see
    // it.
    router.add({Method::Get, "/desk/{shop}/shop.css",
                [&frame](const HttpRequest&, const PathValues& path) -> Reply {
                    const ShopFace* face = frame.room().faces.find(path.at("shop"));
                    if (face == nullptr) return text_response("there is no such shop\n", 404);
                    HttpResponse response = text_response(":root{--accent:" + face->accent + "}\n");
                    response.headers.clear();
                    return response.with("Content-Type", "text/css; charset=utf-8")
                        .with("Cache-Control", "private, max-age=300");
                }});
}

}  // namespace verso::service

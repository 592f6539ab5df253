// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "service/desk/desk_frame.h"
#include "service/desk/review_view.h"

namespace verso::service {

/// What waits for a person: one card a screen, settled by keys.
class ReviewDesk {
  public:
    /// Requires: the frame outlives it.
    explicit ReviewDesk(const DeskFrame& frame) : frame_(frame) {}
    /// Requires: this outlives the router.
    void add_routes(Router& router);

  private:
    Reply next(const HttpRequest& request, const Visitor& visitor) const;
    Reply show(const HttpRequest& request, const Visitor& visitor, records::ReviewId item) const;
    Reply picture(const HttpRequest& request, const Visitor& visitor, records::ReviewId item) const;
    Reply act(const HttpRequest& request, const Visitor& visitor, records::ReviewId item) const;
    Reply undo(const HttpRequest& request, const Visitor& visitor) const;

    Result<std::optional<ReviewView>> view_of(records::Store& store, const Visitor& visitor,
                                              records::ReviewId item) const;
    HttpResponse page(const HttpRequest& request, const Visitor& visitor, records::Store& store,
                      records::ReviewId item, const Error* fault) const;
    HttpResponse act_now(const HttpRequest& request, const Visitor& visitor, records::Store& store,
                         records::ReviewId item) const;

    const DeskFrame& frame_;
};

}  // namespace verso::service

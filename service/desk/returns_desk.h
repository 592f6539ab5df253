// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "records/desk/returns_desk.h"
#include "service/desk/desk_frame.h"

namespace verso::service {

/// Goods that come back: which are expected, what came, what differs, what becomes of the money.
class ReturnsDesk {
  public:
    /// Requires: the frame outlives it.
    explicit ReturnsDesk(const DeskFrame& frame) : frame_(frame) {}
    /// Requires: this outlives the router.
    void add_routes(Router& router);

  private:
    Reply list(const HttpRequest& request, const Visitor& visitor) const;
    Reply scan(const HttpRequest& request, const Visitor& visitor) const;
    Reply show(const HttpRequest& request, const Visitor& visitor, const Rma& rma) const;
    Reply act(const HttpRequest& request, const Visitor& visitor, const Rma& rma) const;
    HttpResponse list_page(const HttpRequest& request, const Visitor& visitor,
                           records::Store& store, const Error* fault) const;
    HttpResponse page(const HttpRequest& request, const Visitor& visitor, records::Store& store,
                      const Rma& rma, const Error* fault) const;

    const DeskFrame& frame_;
};

}  // namespace verso::service

// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "service/desk/customer_view.h"
#include "service/desk/desk_frame.h"

namespace verso::service {

/// One search for whatever is at hand, one view of an order, and what may be done with it.
class CustomerDesk {
  public:
    /// Requires: the frame outlives it.
    explicit CustomerDesk(const DeskFrame& frame) : frame_(frame) {}
    /// Requires: this outlives the router.
    void add_routes(Router& router);

  private:
    Reply show(const HttpRequest& request, const Visitor& visitor) const;
    Reply act(const HttpRequest& request, const Visitor& visitor) const;
    HttpResponse search(const HttpRequest& request, const Visitor& visitor, records::Store& store,
                        const std::string& text) const;
    HttpResponse page(const HttpRequest& request, const Visitor& visitor, records::Store& store,
                      const OrderNumber& number, const Error* fault) const;

    const DeskFrame& frame_;
};

}  // namespace verso::service

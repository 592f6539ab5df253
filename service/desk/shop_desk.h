// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "service/desk/desk_frame.h"

namespace verso::service {

/// The shop's settings, of which those that concern people are changed here, and its templates with
/// a preview.
class ShopDesk {
  public:
    /// Requires: the frame outlives it, and it the router.
    explicit ShopDesk(const DeskFrame& frame) : frame_(frame) {}
    void add_routes(Router& router);

  private:
    Reply show(const HttpRequest& request, const Visitor& visitor) const;
    Reply change(const HttpRequest& request, const Visitor& visitor) const;
    Reply preview(const HttpRequest& request, const Visitor& visitor,
                  const std::string& name) const;

    const DeskFrame& frame_;
};

}  // namespace verso::service

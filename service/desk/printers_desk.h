// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "service/desk/desk_frame.h"

namespace verso::service {

/// The printers of the home and what the shop has on its way to them: what waits for a person's
/// word first.
class PrintersDesk {
  public:
    /// Requires: the frame outlives it, and it the router.
    explicit PrintersDesk(const DeskFrame& frame) : frame_(frame) {}
    void add_routes(Router& router);

  private:
    Reply show(const HttpRequest& request, const Visitor& visitor) const;
    Reply state(const HttpRequest& request, const Visitor& visitor) const;
    Reply act(const HttpRequest& request, const Visitor& visitor) const;
    Reply change(const HttpRequest& request, const Visitor& visitor) const;
    Reply answer(const HttpRequest& request, const Visitor& visitor,
                 std::function<Result<std::string>(PaperWorks&)> work) const;
    HttpResponse page(const HttpRequest& request, const Visitor& visitor, records::Store& store,
                      const std::string& told, const std::string& fault, int status) const;

    const DeskFrame& frame_;
};

}  // namespace verso::service

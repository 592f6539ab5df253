// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "service/desk/desk_frame.h"
#include "service/http/router.h"

namespace verso::service {

/// The page of the desk where exports of orders are taken in: sent, looked through, then imported.
class ImportDesk {
  public:
    /// Requires: the frame outlives it.
    explicit ImportDesk(const DeskFrame& frame) : frame_(frame) {}
    /// Requires: the desk outlives the router.
    void add_routes(Router& router);

  private:
    Reply show(const HttpRequest& request, const Visitor& visitor) const;
    Reply take_form(const HttpRequest& request, const Visitor& visitor) const;
    Reply take_file(const HttpRequest& request, const Visitor& visitor,
                    const std::string& name) const;
    Reply show_one(const HttpRequest& request, const Visitor& visitor, const std::string& id) const;
    Reply state(const HttpRequest& request, const Visitor& visitor, const std::string& id) const;
    Reply start(const HttpRequest& request, const Visitor& visitor, const std::string& id) const;

    Result<std::string> take_now(records::Store& store, const Visitor& visitor,
                                 const std::filesystem::path& file, const std::string& name) const;

    const DeskFrame& frame_;
};

}  // namespace verso::service

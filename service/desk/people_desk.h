// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "service/desk/desk_frame.h"

namespace verso::service {

/// Who may use the shop: users with their roles, keys of programs, and what they all did.
class PeopleDesk {
  public:
    /// Requires: the frame outlives it, and it the router.
    explicit PeopleDesk(const DeskFrame& frame) : frame_(frame) {}
    void add_routes(Router& router);

  private:
    Reply show_users(const HttpRequest& request, const Visitor& visitor) const;
    Reply act_on_user(const HttpRequest& request, const Visitor& visitor) const;
    Reply show_keys(const HttpRequest& request, const Visitor& visitor) const;
    Reply act_on_key(const HttpRequest& request, const Visitor& visitor) const;
    Reply show_audit(const HttpRequest& request, const Visitor& visitor) const;

    HttpResponse users_page(const HttpRequest& request, const Visitor& visitor,
                            records::Store& store, const std::string& link,
                            const std::string& fault, int status) const;
    HttpResponse keys_page(const HttpRequest& request, const Visitor& visitor,
                           records::Store& store, const std::string& key, const std::string& fault,
                           int status) const;

    const DeskFrame& frame_;
};

}  // namespace verso::service

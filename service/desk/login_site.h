// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "service/desk/desk_frame.h"

namespace verso::service {

/// The way in: log-in, one-time links (the first admin, a forgotten password), one's own account.
class LoginSite {
  public:
    /// Requires: the frame outlives it, and it the router.
    explicit LoginSite(const DeskFrame& frame) : frame_(frame) {}
    void add_routes(Router& router);

  private:
    Reply show_login(const HttpRequest& request) const;
    Reply log_in(const HttpRequest& request) const;
    Reply show_link(const HttpRequest& request, const std::string& token) const;
    Reply use_link(const HttpRequest& request, const std::string& token) const;
    Reply show_account(const HttpRequest& request, const Visitor& visitor) const;
    Reply change_password(const HttpRequest& request, const Visitor& visitor) const;

    HttpResponse login_page(const HttpRequest& request, const std::string& fault, int status) const;
    HttpResponse link_page(const HttpRequest& request, const records::LinkUse* use,
                           const std::string& fault, int status) const;
    HttpResponse account_page(const HttpRequest& request, const Visitor& visitor,
                              const std::string& fault, int status) const;
    const ShopFace& first_face() const;
    std::string say_to(const HttpRequest& request, std::string_view key) const;

    const DeskFrame& frame_;
};

}  // namespace verso::service

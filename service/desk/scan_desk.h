// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "service/desk/desk_frame.h"

namespace verso::service {

/// Scans are sent in and what was read on them is shown; network scanners send theirs by PUT.
class ScanDesk {
  public:
    /// Requires: the frame outlives it.
    explicit ScanDesk(const DeskFrame& frame) : frame_(frame) {}
    /// Requires: this outlives the router.
    void add_routes(Router& router);

  private:
    Reply show(const HttpRequest& request, const Visitor& visitor) const;
    Reply take_form(const HttpRequest& request, const Visitor& visitor) const;
    Reply take_file(const HttpRequest& request, const Visitor& visitor,
                    const std::string& name) const;
    Reply state(const HttpRequest& request, const Visitor& visitor) const;
    Reply take_from_device(const HttpRequest& request, const PathValues& path) const;
    /// What a client of WebDAV asks of the folder that devices send to.
    void add_folder_routes(Router& router);
    HttpResponse admit_device(const HttpRequest& request, const PathValues& path) const;
    HttpResponse keep_from_device(const HttpRequest& request, const ShopFace& face,
                                  const std::string& name, records::Store& store) const;

    const DeskFrame& frame_;
};

/// The password of "Authorization: Basic …" (RFC 7617); empty for anything else. Pure.
std::string basic_password(std::string_view header);

}  // namespace verso::service

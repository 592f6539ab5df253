// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <memory>
#include <string>

#include "service/api/api_door.h"
#include "service/desk/scan_works.h"

namespace verso::service {

/// /api/v1: what programs do with a shop, by a key. docs/api.md.
class ApiSite {
  public:
    /// `description`: the OpenAPI document; null or empty: it is not there (404). `scans`: null
    /// where none are taken. Requires: the parts outlive it.
    ApiSite(ApiDoor::Parts parts, std::shared_ptr<const std::string> description, ScanWorks* scans)
        : door_(parts), description_(std::move(description)), scans_(scans) {}
    /// Requires: the site outlives the router.
    void add_routes(Router& router);

  private:
    ApiDoor door_;
    std::shared_ptr<const std::string> description_;
    ScanWorks* scans_;
};

}  // namespace verso::service

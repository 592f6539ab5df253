// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "app/home_pool.h"
#include "service/desk/export_works.h"

namespace verso::app {

/// The exports of a service: those of `verso export` that need no file besides the records.
class ServeExports final : public service::ExportWorks {
  public:
    /// Requires: the pool outlives it.
    explicit ServeExports(HomePool& homes) : homes_(homes) {}
    std::vector<std::string> kinds() override;
    Result<service::MadeExport> make(records::Store& store, ShopId shop, const std::string& kind,
                                     const std::string& format, const std::string& since) override;

  private:
    HomePool& homes_;
};

}  // namespace verso::app

// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "app/home_pool.h"
#include "service/desk/shop_works.h"

namespace verso::app {

/// A shop's settings and templates for the desk, read each time: a template that is being edited
/// is seen as it stands.
class ServeShop final : public service::ShopWorks {
  public:
    /// Requires: the pool outlives it.
    explicit ServeShop(HomePool& homes) : homes_(homes) {}
    Result<std::string> settings_file(ShopId shop) override;
    Result<std::vector<service::ShopSetting>> settings(ShopId shop) override;
    Result<std::vector<service::ShopTemplate>> templates(ShopId shop) override;
    Result<std::string> preview(ShopId shop, const std::string& name,
                                const std::string& language) override;

  private:
    HomePool& homes_;
};

}  // namespace verso::app

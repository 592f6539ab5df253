// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <functional>

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
    Result<std::vector<service::EditableSetting>> editable(ShopId shop) override;
    Result<std::vector<std::string>> change(
        ShopId shop, const std::vector<std::pair<std::string, std::string>>& values) override;
    Result<std::vector<service::ShopTemplate>> templates(ShopId shop) override;
    Result<std::string> preview(ShopId shop, const std::string& name,
                                const std::string& language) override;

    /// What is called when settings were written here; before the service starts.
    void on_change(std::function<void()> seen) { seen_ = std::move(seen); }

  private:
    HomePool& homes_;
    std::function<void()> seen_;
};

}  // namespace verso::app

// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <functional>

#include "app/home_pool.h"
#include "service/desk/paper_works.h"

namespace verso::app {

/// The printers of a service, over a pool of opened homes.
class ServePaper final : public service::PaperWorks {
  public:
    /// `wake` is called when a queue may go on. Requires: both outlive it.
    ServePaper(HomePool& homes, std::function<void()> wake)
        : homes_(homes), wake_(std::move(wake)) {}

    Result<std::string> add(ShopId shop, const service::PrinterForm& printer,
                            const std::string& who) override;
    Result<void> remove(ShopId shop, const std::string& name, const std::string& who) override;
    Result<void> pause(ShopId shop, const std::string& name, bool is_paused,
                       const std::string& who) override;
    Result<void> test(ShopId shop, const std::string& name, const std::string& who) override;
    Result<void> move(ShopId shop, const std::string& from, const std::string& to,
                      const std::string& who) override;
    Result<void> settle(ShopId shop, records::JobId job, records::PersonSays says, int up_to,
                        const std::string& reason, const std::string& who) override;

  private:
    Result<void> act(ShopId shop, const std::function<Result<void>(OpenHome&)>& work);

    HomePool& homes_;
    std::function<void()> wake_;
};

}  // namespace verso::app

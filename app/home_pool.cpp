// SPDX-License-Identifier: Apache-2.0
#include "app/home_pool.h"

namespace verso::app {

HomePool::Lent::~Lent() {
    if (!home_) return;
    const std::lock_guard lock(pool_->mutex_);
    pool_->idle_.push_back(std::move(home_));
}

Result<HomePool::Lent> HomePool::lend(ShopId shop) {
    std::unique_ptr<OpenHome> home;
    {
        const std::lock_guard lock(mutex_);
        if (!idle_.empty()) {
            home = std::move(idle_.back());
            idle_.pop_back();
        }
    }
    if (!home) {
        auto opened = opener_();
        if (!opened) return opened.error();
        home = std::make_unique<OpenHome>(*std::move(opened));
    }
    Lent lent(*this, std::move(home));
    if (auto entered = enter_shop(*lent, shop); !entered) return entered.error();
    return lent;
}

}  // namespace verso::app

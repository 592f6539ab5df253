// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <functional>
#include <memory>
#include <mutex>
#include <vector>

#include "app/wiring.h"

namespace verso::app {

/// Opened homes for threads that need one now and then: opening reads settings and connects.
/// Thread-safe.
class HomePool {
  public:
    using Opener = std::function<Result<OpenHome>()>;
    explicit HomePool(Opener opener) : opener_(std::move(opener)) {}

    /// A home of the caller's own until this goes away.
    class Lent {
      public:
        Lent(HomePool& pool, std::unique_ptr<OpenHome> home)
            : pool_(&pool), home_(std::move(home)) {}
        Lent(Lent&&) noexcept = default;
        Lent& operator=(Lent&&) = delete;
        ~Lent();
        OpenHome& operator*() { return *home_; }
        OpenHome* operator->() { return home_.get(); }

      private:
        HomePool* pool_;
        std::unique_ptr<OpenHome> home_;
    };
    /// Entered as that shop. What the opener and enter_shop() say.
    Result<Lent> lend(ShopId shop);

  private:
    Opener opener_;
    std::mutex mutex_;
    std::vector<std::unique_ptr<OpenHome>> idle_;
};

}  // namespace verso::app

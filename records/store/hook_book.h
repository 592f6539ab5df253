// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <optional>
#include <span>
#include <string>
#include <vector>

#include "records/hooks/hook.h"
#include "records/store/store.h"

namespace verso::records {

/// Where a shop's own systems want to be told of what happens, durable. Part of its Store's
/// transactions and threads: what is told is a job of the queue, in the transaction that caused it.
/// Any may fail with DatabaseFailed.
class HookBook {
  public:
    static constexpr int kMostOfShop = 20;

    virtual ~HookBook() = default;

    /// `hook.id` and `created_at` are not looked at. ValueInvalid by check_hook_url() and
    /// check_hook_secret(), or without kinds; LimitExceeded.
    virtual Result<HookId> add_hook(ShopId shop, const Hook& hook, Instant now) = 0;
    /// Oldest first.
    virtual Result<std::vector<Hook>> hooks(ShopId shop) = 0;
    /// Nothing when there is none.
    virtual Result<std::optional<Hook>> find_hook(ShopId shop, HookId id) = 0;
    /// What is still to be told to it is told to nobody. NotFound.
    virtual Result<void> remove_hook(ShopId shop, HookId id) = 0;

    /// Whether anybody wants to be told: a cheap look before the data is made.
    virtual bool is_wanted(ShopId shop, HookKind kind) = 0;
    /// Puts in one job for each that wants it. `data`: a JSON object. Requires: inside a scope.
    virtual Result<void> tell(ShopId shop, HookKind kind, const std::string& data, Instant now) = 0;
};

/// The hooks of a store that open_store() gave; lives as long as the store.
HookBook& hooks_of(Store& store);

}  // namespace verso::records

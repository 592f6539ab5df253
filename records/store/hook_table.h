// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "records/store/connection.h"
#include "records/store/hook_book.h"

namespace verso::records {

/// The HookBook as rows of the table hook.
class HookTable final : public HookBook {
  public:
    /// Both must outlive it.
    HookTable(Connection& db, JobQueue& jobs) : db_(db), jobs_(jobs) {}

    Result<HookId> add_hook(ShopId shop, const Hook& hook, Instant now) override;
    Result<std::vector<Hook>> hooks(ShopId shop) override;
    Result<std::optional<Hook>> find_hook(ShopId shop, HookId id) override;
    Result<void> remove_hook(ShopId shop, HookId id) override;
    bool is_wanted(ShopId shop, HookKind kind) override;
    Result<void> tell(ShopId shop, HookKind kind, const std::string& data, Instant now) override;

  private:
    std::vector<Hook> rows(ShopId shop);

    Connection& db_;
    JobQueue& jobs_;
};

}  // namespace verso::records

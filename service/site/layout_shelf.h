// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <map>
#include <memory>
#include <shared_mutex>
#include <vector>

#include "core/card/card_layout.h"
#include "records/store/store.h"

namespace verso::service {

/// The frozen layouts, kept in memory: a frozen one never changes. One that is not here yet was
/// printed since, by this service or another program, and is looked for in the records.
/// Thread-safe.
class LayoutShelf {
  public:
    explicit LayoutShelf(std::vector<Layout> layouts = {});
    /// Null when nothing of this number was ever printed, or the records fail. Lives as long as the
    /// shelf. `store` is the calling thread's own.
    const Layout* find(LayoutNumber number, records::Store& store);

  private:
    const Layout* known(LayoutNumber number) const;

    mutable std::shared_mutex mutex_;
    std::map<LayoutNumber, std::unique_ptr<const Layout>> layouts_;
};

}  // namespace verso::service

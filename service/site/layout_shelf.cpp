// SPDX-License-Identifier: Apache-2.0
#include "service/site/layout_shelf.h"

#include <mutex>

namespace verso::service {

LayoutShelf::LayoutShelf(std::vector<Layout> layouts) {
    for (auto& layout : layouts) {
        const LayoutNumber number = layout.number;
        layouts_.emplace(number, std::make_unique<const Layout>(std::move(layout)));
    }
}

const Layout* LayoutShelf::known(LayoutNumber number) const {
    const std::shared_lock lock(mutex_);
    const auto it = layouts_.find(number);
    return it == layouts_.end() ? nullptr : it->second.get();
}

const Layout* LayoutShelf::find(LayoutNumber number, records::Store& store) {
    if (const Layout* layout = known(number)) return layout;
    auto all = store.layouts();
    if (!all) return nullptr;
    {
        const std::unique_lock lock(mutex_);
        for (auto& layout : *all) {
            const LayoutNumber each = layout.number;
            // What is there stays: others point to it.
            layouts_.try_emplace(each, std::make_unique<const Layout>(std::move(layout)));
        }
    }
    return known(number);
}

}  // namespace verso::service

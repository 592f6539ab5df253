// SPDX-License-Identifier: Apache-2.0
#include "app/wiring.h"

#include <algorithm>
#include <cstdlib>

#include "generator/sample/specimen.h"

namespace verso::app {

Result<std::string> place_of_store(const Home& home, const Config& config) {
    const char* variable = std::getenv("VERSO_STORE_URL");
    if (variable != nullptr && *variable != '\0') {
        return store_place(variable, home.config().string(), "VERSO_STORE_URL");
    }
    return config.store.empty() ? home.database().string() : config.store;
}

Result<OpenHome> open_home(const Call& call, StoreChoice choice) {
    auto home = existing_home(call.home);
    if (!home) return home.error();
    auto config = load_config(home->config());
    if (!config) return config.error();
    for (const auto& warning : config->warnings) call.out.warn(warning);
    // A home without its database has lost it: a new, empty one would hide that.
    records::StoreOptions options;
    options.create = false;
    auto place = choice == StoreChoice::InHome ? Result<std::string>(home->database().string())
                                               : place_of_store(*home, *config);
    if (!place) return place.error();
    auto store = records::open_store(*place, options);
    if (!store) return store.error();
    call.out.detail("home " + home->root().string());
    return OpenHome{std::move(*home), std::move(*config), std::move(*store)};
}

Result<Shop> shop_or_specimen(const Call& call) {
    const Home home = find_home(call.home);
    if (!home.exists()) return generator::specimen_shop();
    auto config = load_config(home.config());
    if (!config) return config.error();
    return std::move(config->shop);
}

Result<Press> open_press(const Home& home, const std::string& template_name, const Shop* shop) {
    auto share = find_share();
    if (!share) return share.error();
    auto fonts = generator::FontBook::load(share->fonts());
    if (!fonts) return fonts.error();
    auto insert = generator::InsertTemplate::load(template_name, template_folders(home, *share),
                                                  *fonts, shop);
    if (!insert) return insert.error();
    return Press{*fonts, *insert};
}

Result<LayoutBook> LayoutBook::load(records::Store& store) {
    auto layouts = store.layouts();
    if (!layouts) return layouts.error();
    LayoutBook book;
    book.layouts_ = std::move(*layouts);
    return book;
}

std::vector<const Layout*> LayoutBook::known() const {
    std::vector<const Layout*> out;
    for (const auto& layout : layouts_) out.push_back(&layout);
    return out;
}

scanner::LayoutLookup LayoutBook::lookup() const {
    return [this](LayoutNumber number) -> const Layout* {
        const auto found = std::find_if(layouts_.begin(), layouts_.end(),
                                        [&](const Layout& one) { return one.number == number; });
        return found != layouts_.end() ? &*found : nullptr;
    };
}

}  // namespace verso::app

// SPDX-License-Identifier: Apache-2.0
#include "app/wiring.h"

#include <algorithm>
#include <cstdlib>

#include "generator/sample/specimen.h"
#include "records/lifecycle/shop_name.h"

namespace verso::app {

records::Counter counter_of(OpenHome& home) {
    const LifeSettings& life = home.config.life;
    return {*home.store, home.shop, life.cards, life.actions, life.reviewers, life.two_looks};
}

Result<std::string> place_of_store(const Home& home, const Config& config) {
    const char* variable = std::getenv("VERSO_STORE_URL");
    if (variable != nullptr && *variable != '\0') {
        return store_place(variable, home.main_config().string(), "VERSO_STORE_URL");
    }
    return config.store.empty() ? home.database().string() : config.store;
}

namespace {

bool is_main(const std::string& name) { return name.empty() || name == records::kMainShopName; }

/// "main, first, second": for a sentence.
std::string shop_names(records::Store& store) {
    std::string names;
    auto shops = store.shops();
    for (const ShopId id : shops ? *shops : std::vector<ShopId>{}) {
        auto name = store.shop_name(id);
        if (name) names += (names.empty() ? "" : ", ") + *name;
    }
    return names;
}

Result<ShopId> shop_called(const std::string& text, records::Store& store) {
    auto name = records::fold_shop_name(text);
    if (!name) return name.error().at("--shop " + text);
    auto shop = store.find_shop(*name);
    if (!shop) return shop.error();
    if (*shop) return **shop;
    return Error{
        ErrorCode::NotFound, "there is no shop of this name", "--shop " + text,
        "this home has: " + shop_names(store) + "; make one with: verso shop add " + *name};
}

Result<Home> home_for(OpenHome& home, ShopId shop) {
    auto name = home.store->shop_name(shop);
    if (!name) return name.error();
    Home seen = home.home.seen_by(is_main(*name) ? "" : *name);
    if (seen.has_shop()) return seen;
    return Error{ErrorCode::HomeInvalid, "the shop's settings are not on this machine",
                 seen.config().string(), "make them with: verso shop add " + *name};
}

std::filesystem::file_time_type written_at(const Home& home) {
    std::error_code unknown;
    const auto time = std::filesystem::last_write_time(home.config(), unknown);
    return unknown ? std::filesystem::file_time_type{} : time;
}

/// The settings of a shop beside those that the whole home shares.
Result<Config> load_shop(const Home& home, const Config& shared) {
    auto config = load_config(home.config());
    if (!config) return config;
    if (!home.shop().empty()) {
        for (const auto& section : config->shared_sections) {
            config->warnings.push_back(home.config().string() + ": " + section +
                                       " does nothing here: it stands in the home's verso.toml");
        }
    }
    config->store = shared.store;
    config->reading = shared.reading;
    return config;
}

}  // namespace

Result<Config> settings_of(OpenHome& home, ShopId shop) {
    auto seen = home_for(home, shop);
    return seen ? load_shop(*seen, home.config) : Result<Config>(seen.error());
}

Result<void> enter_shop(OpenHome& home, ShopId shop) {
    const bool is_here = shop == home.shop;
    if (is_here && home.written == written_at(home.home)) return {};
    auto seen = home_for(home, shop);
    if (!seen) return is_here ? Result<void>() : seen.error();
    const auto written = written_at(*seen);
    auto config = load_shop(*seen, home.config);
    if (!config) return is_here ? Result<void>() : config.error();
    home.written = written;
    home.home = std::move(*seen);
    home.config = std::move(*config);
    home.shop = shop;
    return {};
}

Result<Home> home_of_shop(const Call& call) {
    auto home = existing_home(call.home);
    if (!home || call.shop.empty()) return home;
    auto name = records::fold_shop_name(call.shop);
    if (!name) return name.error().at("--shop " + call.shop);
    if (is_main(*name)) return home;
    Home seen = home->seen_by(*name);
    if (seen.has_shop()) return seen;
    return Error{ErrorCode::NotFound, "the shop has no settings here", seen.config().string(),
                 "see: verso shop list"};
}

Result<Home> home_if_any(const Call& call) {
    Home home = find_home(call.home);
    return home.exists() ? home_of_shop(call) : home;
}

Result<OpenHome> open_home(const Call& call, StoreChoice choice) {
    auto home = existing_home(call.home);
    if (!home) return home.error();
    const auto written = written_at(*home);
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
    OpenHome open{std::move(*home), std::move(*config), std::move(*store)};
    open.written = written;
    if (call.shop.empty()) return open;
    auto shop = shop_called(call.shop, *open.store);
    if (!shop) return shop.error();
    open.shop_named = true;
    if (*shop == open.shop) return open;
    if (auto entered = enter_shop(open, *shop); !entered) return entered.error();
    for (const auto& warning : open.config.warnings) call.out.warn(warning);
    return open;
}

Result<Shop> shop_or_specimen(const Call& call) {
    auto home = home_if_any(call);
    if (!home) return home.error();
    if (!home->exists()) return generator::specimen_shop();
    auto config = load_config(home->config());
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

// SPDX-License-Identifier: Apache-2.0
#include <fmt/format.h>

#include <CLI/CLI.hpp>
#include <filesystem>
#include <memory>
#include <nlohmann/json.hpp>

#include "app/files.h"
#include "app/shop_settings.h"
#include "app/wiring.h"
#include "records/lifecycle/shop_name.h"
#include "records/store/access_book.h"

namespace verso::app {

namespace {

using Json = nlohmann::ordered_json;

std::string dump(const Json& json) {
    return json.dump(-1, ' ', false, Json::error_handler_t::replace);
}

struct NewShop {
    std::string name, from;
};

/// The text of the shop's settings: the file that was named, or a commented one with the name in
/// it. Judged as it will be read, in its place.
Result<std::string> settings_for(const NewShop& asked, const OpenHome& home, const Home& place) {
    constexpr std::uint64_t kLimit = 1 << 20;
    std::string text;
    if (asked.from.empty()) {
        Shop shop;
        shop.name = asked.name;
        shop.link_host = home.config.shop.link_host;
        shop.language = home.config.shop.language;
        text = format_config(shop);
    } else {
        auto given = read_file(asked.from, kLimit);
        if (!given) return given.error();
        text = std::move(*given);
    }
    auto config = parse_config(text, asked.from.empty() ? place.config().string() : asked.from);
    if (!config) return config.error();
    return text;
}

void tell_made(const Home& place, const std::string& name, bool is_new, Output& out) {
    out.say(
        fmt::format("{} the shop {}; now look at {} and then: verso --shop {} orders import "
                    "FILE",
                    is_new ? "Made" : "Made the settings of", name, place.config().string(), name));
    out.line(dump({{"shop", name}, {"settings", place.config().string()}, {"made", is_new}}));
}

/// The row of the store and the folder. What a crash left half done is finished by the same call.
Result<ExitCode> add(const NewShop& asked, Call& call) {
    auto name = records::fold_shop_name(asked.name);
    if (!name) return name.error();
    auto home = open_home({call.home, call.out});
    if (!home) return home.error();
    const Home place = home->home.seen_by(*name);
    auto known = home->store->find_shop(*name);
    if (!known) return known.error();
    if (*known && (**known == kFirstShop || place.has_shop())) {
        return Error{ErrorCode::AlreadyExists, "the home has a shop of this name", *name,
                     "see: verso shop list"};
    }
    if (place.has_shop() && !asked.from.empty()) {
        return Error{ErrorCode::AlreadyExists, "there are settings of this shop already",
                     place.config().string(), "remove that file, or leave --from out to use it"};
    }
    if (place.has_shop()) {
        if (auto sound = load_config(place.config()); !sound) return sound.error();
    } else {
        auto text = settings_for(asked, *home, place);
        if (!text) return text.error();
        if (auto made = make_shop_folder(place, *text); !made) return made.error();
    }
    if (!*known) {
        auto made = home->store->create_shop(*name);
        if (!made) return made.error();
    }
    tell_made(place, *name, !*known, call.out);
    return ExitCode::Ok;
}

/// One shop as lists and `show` tell it.
struct ShopView {
    std::string name, title, link_host, settings, fault;
    records::Counts counts;

    Json json() const {
        return {{"shop", name},
                {"title", title},
                {"link_host", link_host},
                {"settings", settings},
                {"fault", fault},
                {"orders", counts.orders},
                {"inserts", counts.inserts},
                {"responses", counts.responses},
                {"in_review", counts.in_review}};
    }
};

Result<ShopView> view_of(OpenHome& home, ShopId shop) {
    ShopView view;
    auto name = home.store->shop_name(shop);
    if (!name) return name.error();
    view.name = *name;
    view.settings = home.home.seen_by(shop == kFirstShop ? "" : *name).config().string();
    auto counts = home.store->counts(shop);
    if (!counts) return counts.error();
    view.counts = *counts;
    // A shop whose settings are broken or on another machine is a shop all the same.
    if (auto config = settings_of(home, shop)) {
        view.title = config->shop.name;
        view.link_host = config->shop.link_host;
    } else {
        view.fault = config.error().message;
    }
    return view;
}

Result<ExitCode> list(Call& call) {
    auto home = open_home({call.home, call.out});
    if (!home) return home.error();
    auto shops = home->store->shops();
    if (!shops) return shops.error();
    Table table({"shop", "title", "link host", ">orders", ">in review", ""});
    for (const ShopId shop : *shops) {
        auto view = view_of(*home, shop);
        if (!view) return view.error();
        table.add({view->name, view->title, view->link_host, std::to_string(view->counts.orders),
                   std::to_string(view->counts.in_review), view->fault});
        call.out.line(dump(view->json()));
    }
    call.out.show(table);
    return ExitCode::Ok;
}

Result<ExitCode> show(Call& call) {
    auto home = open_home(call);
    if (!home) return home.error();
    auto view = view_of(*home, home->shop);
    if (!view) return view.error();
    Table table({"shop", view->name});
    table.add({"title", view->title});
    table.add({"link host", view->link_host});
    table.add({"settings", view->settings});
    for (const auto& folder : home->home.template_folders()) table.add({"templates", folder});
    table.add({"orders", std::to_string(view->counts.orders)});
    table.add({"inserts printed", std::to_string(view->counts.inserts)});
    table.add({"answers", std::to_string(view->counts.responses)});
    table.add({"waiting in review", std::to_string(view->counts.in_review)});
    call.out.show(table);
    Json json = view->json();
    json["templates"] = home->home.template_folders();
    call.out.line(dump(json));
    return ExitCode::Ok;
}

/// The settings that may be changed here, as they are.
Result<ExitCode> settings(Call& call) {
    auto home = open_home(call);
    if (!home) return home.error();
    Table table({"key", "value"});
    for (const auto& setting : editable_settings(home->config)) {
        table.add({setting.key, setting.value});
        call.out.line(dump({{"key", setting.key}, {"value", setting.value}}));
    }
    call.out.show(table);
    return ExitCode::Ok;
}

struct SetValue {
    std::string key, value, by;
};

Result<ExitCode> set(const SetValue& asked, Call& call) {
    auto home = open_home(call);
    if (!home) return home.error();
    auto changed = set_shop_settings(home->home, {{asked.key, asked.value}});
    if (!changed) return changed.error();
    for (const auto& one : *changed) {
        auto noted = home->store->access().note(
            {.shop = home->shop,
             .at = system_clock().now(),
             .who = asked.by.empty() ? "command line" : asked.by,
             .what = "settings",
             .subject = one.key,
             .detail = one.key + ": " + one.before + " -> " + one.after});
        if (!noted) return noted.error();
        call.out.say(one.key + ": " + one.before + " -> " + one.after);
        call.out.line(dump({{"key", one.key}, {"before", one.before}, {"after", one.after}}));
    }
    if (changed->empty()) call.out.say(asked.key + " is so already");
    return ExitCode::Ok;
}

void add_settings(CLI::App& shop, Program& program) {
    declare(shop, "settings", "The settings that concern people, and can be set from here.",
            "verso shop settings")
        ->callback([&program] { program.chosen = settings; });
    auto asked = std::make_shared<SetValue>();
    CLI::App* command = declare(shop, "set",
                                "Set one of them in the shop's verso.toml; comments and everything "
                                "else stay. A running service sees it at once.",
                                "verso shop set privacy.images_days 90");
    command->add_option("KEY", asked->key, "As verso shop settings shows it")->required();
    command
        ->add_option("VALUE", asked->value,
                     "A number, true or false, a text, or states: placed, paid")
        ->required();
    command->add_option("--by", asked->by, "Who does it; for the audit")->type_name("WHO");
    command->callback(
        [asked, &program] { program.chosen = [asked](Call& call) { return set(*asked, call); }; });
}

}  // namespace

void add_shop_command(Program& program) {
    CLI::App* shop =
        declare(program.parser, "shop", "The shops of the home: a warehouse may pack for several.",
                "verso shop list");
    shop->require_subcommand(1);
    auto asked = std::make_shared<NewShop>();
    CLI::App* made =
        declare(*shop, "add", "Make a further shop with settings of its own, in shops/NAME.",
                "verso shop add boutique --from boutique.toml");
    made->add_option("NAME", asked->name, "Letters, digits, - and _; said to --shop")->required();
    made->add_option("--from", asked->from, "Its settings; default: a commented file to fill in")
        ->type_name("TOML");
    made->callback(
        [asked, &program] { program.chosen = [asked](Call& call) { return add(*asked, call); }; });
    declare(*shop, "list", "All shops of the home.", "verso shop list --json")
        ->callback([&program] { program.chosen = list; });
    declare(*shop, "show", "One shop: its settings, folders and numbers.",
            "verso shop show --shop boutique")
        ->callback([&program] { program.chosen = show; });
    add_settings(*shop, program);
}

}  // namespace verso::app

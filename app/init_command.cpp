// SPDX-License-Identifier: Apache-2.0
#include <CLI/CLI.hpp>
#include <memory>
#include <nlohmann/json.hpp>

#include "app/wiring.h"

namespace verso::app {

namespace {

void report(Output& out, const Home& home, bool made) {
    out.say(made ? "Made the home " + home.root().string() + "; now look at " +
                       home.config().string() + " and then: verso orders import FILE"
                 : "The home " + home.root().string() + " is there already; nothing was changed.");
    out.line(nlohmann::ordered_json{{"home", home.root().string()}, {"made", made}}.dump());
}

Result<ExitCode> init(const Shop& shop, const Call& call) {
    const Home home = find_home(call.home);
    if (home.exists()) {
        report(call.out, home, false);
        return ExitCode::Ok;
    }
    const std::string text = format_config(shop);
    // What was given as an option is judged like what stands in the file.
    auto config = parse_config(text, "verso init");
    if (!config) {
        Error error = config.error();
        error.where = "verso init";
        error.cure = "see: verso init --help";
        return error;
    }
    if (auto made = make_home(home, text); !made) return made.error();
    auto store = records::open_sqlite_store(home.database().string());
    if (!store) return store.error();
    report(call.out, home, true);
    return ExitCode::Ok;
}

}  // namespace

void add_init_command(Program& program) {
    auto shop = std::make_shared<Shop>();
    shop->name = "My shop";
    shop->link_host = "reviews.example.com";
    shop->language = "fr";
    CLI::App* command =
        declare(program.parser, "init",
                "Make the data folder (the home) with a commented verso.toml. Done "
                "again it says so and changes nothing.",
                "verso init --shop \"Maison Exemple\" --link-host avis.example.com");
    command->add_option("--shop", shop->name, "Name at the head of each sheet")
        ->capture_default_str();
    command->add_option("--link-host", shop->link_host, "Host of the links on the cards")
        ->capture_default_str();
    command->add_option("--language", shop->language, "For orders that say nothing: two letters")
        ->capture_default_str();
    command->callback(
        [shop, &program] { program.chosen = [shop](Call& call) { return init(*shop, call); }; });
}

}  // namespace verso::app

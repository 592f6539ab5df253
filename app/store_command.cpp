// SPDX-License-Identifier: Apache-2.0
#include "app/store_command.h"

#include <fmt/format.h>

#include <CLI/CLI.hpp>
#include <filesystem>
#include <memory>
#include <nlohmann/json.hpp>

#include "app/files.h"
#include "app/wiring.h"
#include "records/store/store_copy.h"

namespace verso::app {

namespace {

std::string dump(const nlohmann::ordered_json& json) {
    return json.dump(-1, ' ', false, nlohmann::json::error_handler_t::replace);
}

/// Where the store of the home is that the call names.
Result<std::string> settled_place(const Call& call) {
    auto home = existing_home(call.home);
    if (!home) return home.error();
    auto config = load_config(home->config());
    if (!config) return config.error();
    for (const auto& warning : config->warnings) call.out.warn(warning);
    return place_of_store(*home, *config);
}

Result<ExitCode> info(Call& call) {
    auto place = settled_place(call);
    if (!place) return place.error();
    auto store = records::look_at_store(*place);
    if (!store) return store.error();
    call.out.say(describe(*store));
    call.out.line(dump({{"database", store->database},
                        {"version", store->version},
                        {"place", store->place},
                        {"schema", store->schema},
                        {"bytes", store->bytes}}));
    return ExitCode::Ok;
}

/// A new SQLite file holds addresses: its owner alone may read it.
Result<void> make_private_file(const std::string& place) {
    std::error_code unknown;
    if (records::is_postgres_url(place) || std::filesystem::exists(place, unknown)) return {};
    return write_file(place, "", FileMode::Private);
}

void report(const std::vector<records::CopiedTable>& tables, const std::string& to, Output& out) {
    Table shown({"table", ">rows", "SHA-256"});
    long long rows = 0;
    nlohmann::ordered_json list = nlohmann::ordered_json::array();
    for (const auto& table : tables) {
        rows += table.rows;
        shown.add({table.name, std::to_string(table.rows), table.sha256.substr(0, 16)});
        list.push_back({{"table", table.name}, {"rows", table.rows}, {"sha256", table.sha256}});
    }
    const std::string place = records::without_password(to);
    out.show(shown);
    out.say(fmt::format(
        "{} rows are across, and each table is the same on both sides. From now on "
        "use the new one: put this into verso.toml, section [store]{}\n\nurl = \"{}\"\n",
        rows, place == to ? "" : ", with your password for ***", place));
    out.line(dump({{"to", place}, {"rows", rows}, {"tables", list}}));
}

Result<ExitCode> migrate(const std::string& target, Call& call) {
    auto from = settled_place(call);
    if (!from) return from.error();
    // A relative path is meant from where the user is, not from where verso.toml is.
    const auto here = std::filesystem::current_path() / "verso.toml";
    auto to = store_place(target, here.string(), "--to");
    if (!to) return to.error();
    if (auto made = make_private_file(*to); !made) return made.error();
    auto tables = records::copy_store(*from, *to, [&](std::string_view table, long long rows) {
        call.out.detail(fmt::format("{}: {} rows", table, rows));
    });
    if (!tables) return tables.error();
    report(*tables, *to, call.out);
    return ExitCode::Ok;
}

}  // namespace

std::string describe(const records::StoreInfo& info) {
    constexpr double kMega = 1e6;
    return fmt::format("{} {} at {}, {:.1f} MB, schema {}", info.database, info.version, info.place,
                       static_cast<double>(info.bytes) / kMega, info.schema);
}

void add_store_command(Program& program) {
    CLI::App* store = declare(program.parser, "store",
                              "The database of the home: which it is, and moving to another one.",
                              "verso store info");
    store->require_subcommand(1);
    CLI::App* shown = declare(*store, "info", "Tell which database, its version and its size.",
                              "verso store info");
    shown->callback([&program] { program.chosen = info; });
    auto target = std::make_shared<std::string>();
    CLI::App* moved = declare(*store, "migrate",
                              "Copy everything into another, empty database and compare each row. "
                              "Stop workers and imports before.",
                              "verso store migrate --to postgresql://verso@db.example.com/verso");
    moved->add_option("--to", *target, "URL of a PostgreSQL, or path of an SQLite file")
        ->required()
        ->type_name("PLACE");
    moved->callback([target, &program] {
        program.chosen = [target](Call& call) { return migrate(*target, call); };
    });
}

}  // namespace verso::app

// SPDX-License-Identifier: Apache-2.0
#include <CLI/CLI.hpp>
#include <memory>
#include <nlohmann/json.hpp>

#include "app/user_desk.h"
#include "records/access/login.h"

namespace verso::app {

namespace {

using Json = nlohmann::ordered_json;
using records::ApiKey;

std::string dump(const Json& json) {
    return json.dump(-1, ' ', false, Json::error_handler_t::replace);
}

struct KeyCall {
    std::string name, scopes;
};

Result<ExitCode> add_key(const KeyCall& asked, Call& call) {
    auto scopes = records::parse_scopes(asked.scopes);
    if (!scopes) return scopes.error().at("--scopes");
    auto home = open_home(call);
    if (!home) return home.error();
    const std::string token = records::make_token(system_random());
    const std::string words = records::format_scopes(*scopes);
    auto made = change(*home, "add key", asked.name, words, [&](auto& book, Instant at) {
        auto id = book.add_key(home->shop, asked.name, token, *scopes, at);
        return id ? Result<void>{} : Result<void>(id.error());
    });
    if (!made) return made.error();
    call.out.say(token);
    call.out.warn("this is the only time that the key is shown: only its hash is kept");
    call.out.line(dump({{"name", asked.name}, {"scopes", words}, {"key", token}}));
    return ExitCode::Ok;
}

std::string moment(const std::optional<Instant>& at) { return at ? format_utc(*at) : ""; }

Result<ExitCode> list_keys(Call& call) {
    auto home = open_home(call);
    if (!home) return home.error();
    auto keys = home->store->access().keys(home->shop);
    if (!keys) return keys.error();
    Table table({"key", "scopes", "created", "used", "revoked"});
    for (const ApiKey& key : *keys) {
        const std::string words = records::format_scopes(key.scopes);
        table.add({key.name, words, format_utc(key.created_at), moment(key.used_at),
                   moment(key.revoked_at)});
        call.out.line(dump({{"name", key.name},
                            {"scopes", words},
                            {"created_at", format_utc(key.created_at)},
                            {"used_at", moment(key.used_at)},
                            {"revoked_at", moment(key.revoked_at)}}));
    }
    call.out.show(table);
    return ExitCode::Ok;
}

Result<ExitCode> revoke_key(const KeyCall& asked, Call& call) {
    auto home = open_home(call);
    if (!home) return home.error();
    auto keys = home->store->access().keys(home->shop);
    if (!keys) return keys.error();
    for (const ApiKey& key : *keys) {
        if (key.name != asked.name || key.revoked_at) continue;
        auto done = change(*home, "revoke key", key.name, "", [&](auto& book, Instant at) {
            return book.revoke_key(home->shop, key.id, at);
        });
        if (!done) return done.error();
        call.out.say("The key " + key.name + " opens nothing any more.");
        call.out.line(dump({{"name", key.name}, {"revoked", true}}));
        return ExitCode::Ok;
    }
    return Error{ErrorCode::NotFound, "the shop has no key of this name that is in use", asked.name,
                 "see: verso user key list"};
}

}  // namespace

void add_key_commands(CLI::App& users, Program& program) {
    CLI::App* keys =
        declare(users, "key", "Keys by which programs use the shop.", "verso user key list");
    keys->require_subcommand(1);
    auto asked = std::make_shared<KeyCall>();
    CLI::App* made = declare(*keys, "add", "Make a key. It is shown once.",
                             "verso user key add till --scopes \"orders:read print\"");
    made->add_option("NAME", asked->name, "What you call it")->required();
    made->add_option("--scopes", asked->scopes, "What it may do: docs/access.md")->required();
    made->callback([asked, &program] {
        program.chosen = [asked](Call& call) { return add_key(*asked, call); };
    });
    declare(*keys, "list", "The keys of the shop.", "verso user key list")->callback([&program] {
        program.chosen = list_keys;
    });
    CLI::App* revoked =
        declare(*keys, "revoke", "Let a key open nothing any more.", "verso user key revoke till");
    revoked->add_option("NAME", asked->name, "As it was made")->required();
    revoked->callback([asked, &program] {
        program.chosen = [asked](Call& call) { return revoke_key(*asked, call); };
    });
}

}  // namespace verso::app

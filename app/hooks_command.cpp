// SPDX-License-Identifier: Apache-2.0
#include "app/hooks_command.h"

#include <CLI/CLI.hpp>
#include <memory>
#include <nlohmann/json.hpp>

#include "app/hook_delivery.h"
#include "app/user_desk.h"
#include "records/store/hook_book.h"

namespace verso::app {

namespace {

using Json = nlohmann::ordered_json;
using records::Hook;
using records::HookId;

std::string dump(const Json& json) {
    return json.dump(-1, ' ', false, Json::error_handler_t::replace);
}

struct HookCall {
    std::string url, secret;
    std::vector<std::string> kinds;
    std::int64_t id = 0;
};

Json hook_json(const Hook& hook) {
    Json kinds = Json::array();
    for (const auto kind : hook.kinds) kinds.push_back(records::to_string(kind));
    return {{"id", hook.id.get()},
            {"url", hook.url},
            {"kinds", std::move(kinds)},
            {"created_at", format_utc(hook.created_at)}};
}

Result<ExitCode> add_hook(const HookCall& asked, Call& call) {
    std::string words;
    for (const auto& kind : asked.kinds) words += kind + " ";
    auto kinds = records::parse_hook_kinds(words);
    if (!kinds) return kinds.error().at("--kinds");
    auto home = open_home(call);
    if (!home) return home.error();
    Hook hook{{}, asked.url, asked.secret, *kinds, system_clock().now()};
    if (hook.secret.empty()) hook.secret = records::make_hook_secret();
    auto made = change(*home, "add hook", hook.url, "", [&](auto&, Instant at) -> Result<void> {
        auto id = records::hooks_of(*home->store).add_hook(home->shop, hook, at);
        if (!id) return id.error();
        hook.id = *id;
        return {};
    });
    if (!made) return made.error();
    call.out.say("hook " + std::to_string(hook.id.get()) + ", secret " + hook.secret);
    Json json = hook_json(hook);
    json["secret"] = hook.secret;
    call.out.line(dump(json));
    return ExitCode::Ok;
}

Result<ExitCode> list_hooks(Call& call) {
    auto home = open_home(call);
    if (!home) return home.error();
    auto hooks = records::hooks_of(*home->store).hooks(home->shop);
    if (!hooks) return hooks.error();
    Table table({">hook", "address", "is told", "since"});
    for (const Hook& hook : *hooks) {
        table.add({std::to_string(hook.id.get()), hook.url, records::format_hook_kinds(hook.kinds),
                   format_utc(hook.created_at)});
        call.out.line(dump(hook_json(hook)));
    }
    call.out.show(table);
    return ExitCode::Ok;
}

Result<ExitCode> remove_hook(const HookCall& asked, Call& call) {
    auto home = open_home(call);
    if (!home) return home.error();
    const std::string name = "hook " + std::to_string(asked.id);
    auto done = change(*home, "remove hook", name, "", [&](auto&, Instant) {
        return records::hooks_of(*home->store).remove_hook(home->shop, HookId{asked.id});
    });
    if (!done) return done.error();
    call.out.say(name + " is told nothing any more.");
    call.out.line(dump({{"id", asked.id}, {"removed", true}}));
    return ExitCode::Ok;
}

Result<ExitCode> test_hook(const HookCall& asked, Call& call) {
    auto home = open_home(call);
    if (!home) return home.error();
    auto hook = records::hooks_of(*home->store).find_hook(home->shop, HookId{asked.id});
    if (!hook) return hook.error();
    if (!*hook) {
        return Error{ErrorCode::NotFound, "there is no such hook",
                     "hook " + std::to_string(asked.id), "see: verso hooks list"};
    }
    if (auto told = try_hook(*home, **hook, system_clock().now()); !told) return told.error();
    call.out.say((*hook)->url + " took it.");
    call.out.line(dump({{"id", asked.id}, {"taken", true}}));
    return ExitCode::Ok;
}

void add_by_id(CLI::App& hooks, Program& program, const char* name, const char* sentence,
               const char* example, Result<ExitCode> (*body)(const HookCall&, Call&)) {
    auto asked = std::make_shared<HookCall>();
    CLI::App* command = declare(hooks, name, sentence, example);
    command->add_option("ID", asked->id, "Its number: verso hooks list")->required();
    command->callback([asked, body, &program] {
        program.chosen = [asked, body](Call& call) { return body(*asked, call); };
    });
}

}  // namespace

void add_hooks_command(Program& program) {
    CLI::App* hooks =
        declare(program.parser, "hooks",
                "Addresses of your own systems that are told what happens.", "verso hooks list");
    hooks->require_subcommand(1);
    auto asked = std::make_shared<HookCall>();
    CLI::App* added = declare(*hooks, "add", "Tell an address. Its secret is shown once.",
                              "verso hooks add https://shop.example.com/verso --kinds all");
    added->add_option("URL", asked->url, "https://…")->required();
    added->add_option("--kinds", asked->kinds, "What it is told: docs/api.md, or all")
        ->delimiter(',')
        ->required();
    added->add_option("--secret", asked->secret,
                      "whsec_ and 24 to 64 bytes in base64; one is made when it is left out");
    added->callback([asked, &program] {
        program.chosen = [asked](Call& call) { return add_hook(*asked, call); };
    });
    declare(*hooks, "list", "The hooks of the shop.", "verso hooks list")->callback([&program] {
        program.chosen = list_hooks;
    });
    add_by_id(*hooks, program, "remove", "Tell an address nothing any more.",
              "verso hooks remove 1", remove_hook);
    add_by_id(*hooks, program, "test", "Tell an address once that it was tried.",
              "verso hooks test 1", test_hook);
}

}  // namespace verso::app

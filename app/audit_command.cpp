// SPDX-License-Identifier: Apache-2.0
#include <CLI/CLI.hpp>
#include <memory>
#include <nlohmann/json.hpp>

#include "app/wiring.h"
#include "records/store/access_book.h"

namespace verso::app {

namespace {

using Json = nlohmann::ordered_json;

struct AuditCall {
    std::string since;
    long long after = 0;
};

/// A day, or a moment.
Result<Instant> moment_of(const std::string& text) {
    if (text.empty()) return Instant{};
    if (auto day = parse_day(text)) return Instant{std::chrono::sys_days{*day}};
    auto time = parse_time(text);
    if (time) return time->utc;
    return Error{ErrorCode::ValueInvalid, "is neither a day nor a moment", "--since " + text,
                 "as in 2026-10-01 or 2026-10-01T08:00:00Z"};
}

void tell(const records::AuditEntry& entry, const std::string& shop, Table& table, Output& out) {
    table.add({format_utc(entry.at), shop, entry.who, entry.what, entry.subject, entry.detail});
    const Json json{{"id", entry.id},        {"at", format_utc(entry.at)},
                    {"shop", shop},          {"who", entry.who},
                    {"what", entry.what},    {"subject", entry.subject},
                    {"detail", entry.detail}};
    out.line(json.dump(-1, ' ', false, Json::error_handler_t::replace));
}

Result<ExitCode> show(const AuditCall& asked, Call& call) {
    auto since = moment_of(asked.since);
    if (!since) return since.error();
    auto home = open_home(call);
    if (!home) return home.error();
    records::AuditQuery query;
    if (home->shop_named) query.shop = home->shop;
    query.since = *since;
    query.after = asked.after;
    for (;;) {
        auto entries = home->store->access().audit(query);
        if (!entries) return entries.error();
        if (entries->empty()) return ExitCode::Ok;
        Table table({"at", "shop", "who", "what", "subject", "detail"});
        for (const auto& entry : *entries) {
            std::string shop;
            if (entry.shop.get() != 0) {
                auto name = home->store->shop_name(entry.shop);
                shop = name ? *name : std::to_string(entry.shop.get());
            }
            tell(entry, shop, table, call.out);
        }
        call.out.show(table);
        query.after = entries->back().id;
    }
}

}  // namespace

void add_audit_command(Program& program) {
    auto asked = std::make_shared<AuditCall>();
    CLI::App* command =
        declare(program.parser, "audit", "Who did what to users, keys and settings, oldest first.",
                "verso audit --since 2026-10-01 --json");
    command->add_option("--since", asked->since, "From this day or moment on")->type_name("TIME");
    command->add_option("--after", asked->after, "Only what came after the entry with this id")
        ->type_name("ID");
    command->callback(
        [asked, &program] { program.chosen = [asked](Call& call) { return show(*asked, call); }; });
}

}  // namespace verso::app

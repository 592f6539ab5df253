// SPDX-License-Identifier: Apache-2.0
#include <CLI/CLI.hpp>
#include <memory>
#include <nlohmann/json.hpp>

#include "app/files.h"
#include "app/retention.h"
#include "core/domain/card_link.h"

namespace verso::app {

namespace {

using Json = nlohmann::ordered_json;

struct PrivacyOptions {
    std::string order, email, card, by, reason, out;
    bool dry_run = false;
};

std::string dump(const Json& json) {
    return json.dump(-1, ' ', false, Json::error_handler_t::replace);
}

Result<std::vector<OrderNumber>> order_of_card(const std::string& text, OpenHome& home) {
    auto card = parse_card(text);
    if (!card) return card.error();
    auto record = home.store->find_card(*card);
    if (!record) return record.error();
    if (!*record || (*record)->shop != home.shop) {
        return Error{ErrorCode::NotFound, "no such card was printed here", text, ""};
    }
    return std::vector<OrderNumber>{(*record)->insert.order};
}

/// The orders of the buyer that was named one way.
Result<std::vector<OrderNumber>> orders_of(const PrivacyOptions& options, OpenHome& home) {
    if (!options.card.empty()) return order_of_card(options.card, home);
    if (!options.order.empty()) {
        auto order = home.store->find_order(home.shop, OrderNumber(options.order));
        if (!order) return order.error();
        return std::vector<OrderNumber>{order->number};
    }
    if (options.email.empty()) {
        return Error{ErrorCode::Usage, "whose?", "privacy", "say --order, --email or --card"};
    }
    auto found = home.store->erasure().orders_of_email(home.shop, options.email);
    if (found && found->empty()) {
        return Error{ErrorCode::NotFound, "no order has this e-mail", options.email, ""};
    }
    return found;
}

void tell_erased(const records::ErasureCounts& counts, bool dry_run, Output& out) {
    Table table({dry_run ? "would be erased" : "erased", ">"});
    Json json{{"dry_run", dry_run}};
    for (const auto& [name, value] : {std::pair{"orders", counts.orders},
                                      {"revisions", counts.revisions},
                                      {"responses", counts.responses},
                                      {"readings", counts.readings},
                                      {"returns", counts.returns},
                                      {"carrier events", counts.events},
                                      {"files", counts.files}}) {
        table.add({name, std::to_string(value)});
        json[name] = value;
    }
    out.show(table);
    out.line(dump(json));
}

ExitCode outcome(const RetentionRun& run) {
    return run.files_stuck + run.files_outside > 0 || !run.scrubbed ? ExitCode::Partly
                                                                    : ExitCode::Ok;
}

Result<ExitCode> erase(const PrivacyOptions& options, Call& call) {
    auto home = open_home(call);
    if (!home) return home.error();
    auto orders = orders_of(options, *home);
    if (!orders) return orders.error();
    auto transaction = home->store->begin();
    if (!transaction) return transaction.error();
    auto counts = home->store->erasure().erase(home->shop, *orders, options.by, options.reason,
                                               system_clock().now());
    if (!counts) return counts.error();
    if (!options.dry_run) {
        if (auto kept = (*transaction)->commit(); !kept) return kept.error();
    }
    transaction->reset();
    tell_erased(*counts, options.dry_run, call.out);
    if (options.dry_run) return ExitCode::Ok;
    RetentionRun run;
    if (auto finished = finish_erasures(*home, run, call.out); !finished) return finished.error();
    return outcome(run);
}

Result<ExitCode> give_out(const PrivacyOptions& options, Call& call) {
    auto home = open_home(call);
    if (!home) return home.error();
    auto orders = orders_of(options, *home);
    if (!orders) return orders.error();
    std::string text = "{\"orders\": [\n";
    for (std::size_t i = 0; i < orders->size(); ++i) {
        auto kept = home->store->erasure().collect(home->shop, (*orders)[i]);
        if (!kept) return kept.error();
        text += (i > 0 ? ",\n" : "") + *kept;
    }
    text += "\n]}\n";
    if (auto written = write_file(options.out, text, FileMode::Private); !written) {
        return written.error();
    }
    call.out.say(std::to_string(orders->size()) + " orders written to " + options.out);
    call.out.line(dump({{"orders", orders->size()}, {"file", options.out}}));
    return ExitCode::Ok;
}

Result<ExitCode> retain(Call& call) {
    auto home = open_home(call);
    if (!home) return home.error();
    auto run = run_retention(*home, system_clock().now(), call.out);
    if (!run) return run.error();
    Table table({"kept long enough", ">"});
    table.add({"addresses", std::to_string(run->counts.addresses)});
    table.add({"secrets of cards", std::to_string(run->counts.secrets)});
    table.add({"pictures", std::to_string(run->counts.images)});
    table.add({"files deleted", std::to_string(run->files)});
    call.out.show(table);
    call.out.line(dump({{"addresses", run->counts.addresses},
                        {"secrets", run->counts.secrets},
                        {"images", run->counts.images},
                        {"files", run->files},
                        {"files_stuck", run->files_stuck},
                        {"scrubbed", run->scrubbed}}));
    return outcome(*run);
}

void declare_whose(CLI::App& command, PrivacyOptions& options) {
    auto* whose = command.add_option_group("whose", "Whose: one of these");
    whose->add_option("--order", options.order, "The buyer of this order")->type_name("NUMBER");
    whose->add_option("--email", options.email, "All orders that have, or had, this e-mail");
    whose->add_option("--card", options.card, "The buyer who got this card");
    whose->require_option(1);
}

}  // namespace

void add_privacy_command(Program& program) {
    CLI::App* privacy = declare(program.parser, "privacy",
                                "Erase a buyer, give out what is kept of one, forget what is old.",
                                "verso privacy run");
    privacy->require_subcommand(1);
    auto options = std::make_shared<PrivacyOptions>();
    CLI::App* erased = declare(*privacy, "erase",
                               "Erase who the buyer is and what they wrote; scores and figures "
                               "stay.",
                               "verso privacy erase --order '#1001' --by Max --reason 'asked by "
                               "mail'");
    declare_whose(*erased, *options);
    erased->add_option("--by", options->by, "Who erases")->required()->type_name("WHO");
    erased->add_option("--reason", options->reason, "Why; without names, it is kept")->required();
    erased->add_flag("--dry-run", options->dry_run, "Tell what would be erased, erase nothing");
    erased->callback([options, &program] {
        program.chosen = [options](Call& call) { return erase(*options, call); };
    });
    CLI::App* given = declare(*privacy, "export", "Write everything kept about a buyer, as JSON.",
                              "verso privacy export --email buyer@example.com --out buyer.json");
    declare_whose(*given, *options);
    given->add_option("--out", options->out, "The file")->required()->type_name("FILE");
    given->callback([options, &program] {
        program.chosen = [options](Call& call) { return give_out(*options, call); };
    });
    CLI::App* run = declare(*privacy, "run",
                            "Forget what verso.toml [privacy] says was kept long enough, and "
                            "finish erasures that were cut short. For cron, once a day.",
                            "verso privacy run");
    run->callback([&program] { program.chosen = [](Call& call) { return retain(call); }; });
}

}  // namespace verso::app

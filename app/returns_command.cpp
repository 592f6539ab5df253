// SPDX-License-Identifier: Apache-2.0
#include <fmt/format.h>
#include <CLI/CLI.hpp>

#include <algorithm>
#include <memory>

#include "app/returns_view.h"
#include "app/wiring.h"
#include "core/domain/card_link.h"
#include "records/desk/return_acts.h"

namespace verso::app {

namespace {

using records::ReturnEvent;

struct ReturnsOptions : records::ReturnWords {
    std::string state;  ///< of the list
    int most = 100;
};

/// Shows it as it is now.
Result<ExitCode> tell(OpenHome& home, const Rma& rma, Output& out) {
    auto story = records::read_return(*home.store, home.shop, rma);
    if (!story) return story.error();
    show(out, *story);
    return ExitCode::Ok;
}

Result<ExitCode> announce(const ReturnsOptions& options, Call& call) {
    auto home = open_home(call);
    if (!home) return home.error();
    auto rma = records::announce_return(counter_of(*home), options, system_clock().now());
    if (!rma) return rma.error();
    return tell(*home, *rma, call.out);
}

Result<ExitCode> inspect(const ReturnsOptions& options, Call& call) {
    auto home = open_home(call);
    if (!home) return home.error();
    auto rma = records::inspect_return(counter_of(*home), options, system_clock().now());
    if (!rma) return rma.error();
    return tell(*home, *rma, call.out);
}

/// Does one step and shows the return.
Result<ExitCode> step(const ReturnsOptions& options, ReturnEvent event, Call& call) {
    auto home = open_home(call);
    if (!home) return home.error();
    auto rma = records::move_return(counter_of(*home), options, event, system_clock().now());
    if (!rma) return rma.error();
    return tell(*home, *rma, call.out);
}

Result<ExitCode> show_one(const ReturnsOptions& options, Call& call) {
    auto home = open_home(call);
    if (!home) return home.error();
    auto rma = records::find_one_return(*home->store, home->shop, options.code);
    if (!rma) return rma.error();
    return tell(*home, *rma, call.out);
}

Result<ExitCode> list(const ReturnsOptions& options, Call& call) {
    std::optional<records::ReturnState> state;
    if (!options.state.empty()) {
        auto wanted = records::parse_return_state(options.state);
        if (!wanted) return wanted.error();
        state = *wanted;
    }
    auto home = open_home(call);
    if (!home) return home.error();
    auto found = home->store->returns().list(home->shop, state, options.most);
    if (!found) return found.error();
    Table table({"return", "order", "state", "wish", ">lines", "label"});
    for (const auto& made : *found) {
        table.add({format_rma(made.rma), made.order.get(),
                   std::string(records::to_string(made.state)),
                   std::string(records::to_string(made.wish)), std::to_string(made.lines.size()),
                   made.label});
        call.out.line(return_json(made));
    }
    call.out.show(table);
    call.out.say(fmt::format("{} returns", found->size()));
    return ExitCode::Ok;
}

using Options = std::shared_ptr<ReturnsOptions>;

/// Declares one of the commands that name a return.
CLI::App* add_one(CLI::App& returns, Program& program, const Options& options, const char* name,
                  const char* sentence, const char* example,
                  std::function<Result<ExitCode>(const ReturnsOptions&, Call&)> doing) {
    CLI::App* command = declare(returns, name, sentence, example);
    command->add_option("CODE", options->code, "Its RMA, or what is on its label")->required();
    command->callback([options, doing = std::move(doing), &program] {
        program.chosen = [options, doing](Call& call) { return doing(*options, call); };
    });
    return command;
}

void add_who(CLI::App& command, ReturnsOptions& options) {
    command.add_option("--by", options.who, "Who does it")->required();
}

void add_step(CLI::App& returns, Program& program, const Options& options, const char* name,
              const char* sentence, ReturnEvent event) {
    const std::string example = fmt::format("verso returns {} 7QF2-M4KD-9 --by Max", name);
    CLI::App* command = add_one(
        returns, program, options, name, sentence, example.c_str(),
        [event](const ReturnsOptions& said, Call& call) { return step(said, event, call); });
    add_who(*command, *options);
    command->add_option("--reason", options->reason, "Kept in its history");
    if (event != ReturnEvent::Refund) return;
    command->add_option("--amount", options->amount, "Instead of the proposal");
}

void add_announce(CLI::App& returns, Program& program, const Options& options) {
    CLI::App* command =
        declare(returns, "announce", "Announce what a buyer sends back of an order that has left.",
                "verso returns announce '#1001' --line 2=1:damaged --by Max");
    command->add_option("ORDER", options->code, "Number, card, tracking number, e-mail or name")
        ->required();
    add_who(*command, *options);
    command
        ->add_option("--line", options->lines,
                     "LINE=PIECES[:REASON]; not-said, too-small, too-large, damaged, "
                     "not-as-described, changed-mind, other")
        ->required();
    command->add_option("--parcel", options->parcel, "That the goods came in");
    command->add_option("--wish", options->wish, "refund or exchange");
    command->add_option("--channel", options->channel, "sheet, web or desk")->capture_default_str();
    command->add_option("--rma", options->rma, "As on the order's return sheet");
    command->add_option("--label", options->label, "Number of the return label");
    command->add_option("--comment", options->comment, "What the buyer says");
    command->callback([options, &program] {
        program.chosen = [options](Call& call) { return announce(*options, call); };
    });
}

void add_inspect(CLI::App& returns, Program& program, const Options& options) {
    CLI::App* command =
        add_one(returns, program, options, "inspect", "Write down what came back, line by line.",
                "verso returns inspect 7QF2-M4KD-9 --line 2=1:as-new --by Max", inspect);
    add_who(*command, *options);
    command
        ->add_option("--line", options->lines,
                     "LINE=PIECES[:CONDITION]; as-new, opened, used, damaged")
        ->required();
    command->add_option("--note", options->notes, "LINE=TEXT");
}

}  // namespace

void add_returns_command(Program& program) {
    CLI::App* returns =
        declare(program.parser, "returns", "Goods that come back.", "verso returns list");
    returns->require_subcommand(1);
    auto options = std::make_shared<ReturnsOptions>();
    add_announce(*returns, program, options);
    add_step(*returns, program, options, "receive", "The parcel is in the house.",
             ReturnEvent::Receive);
    add_inspect(*returns, program, options);
    add_step(*returns, program, options, "refund",
             "The money goes back: what it is worth, or --amount.", ReturnEvent::Refund);
    add_step(*returns, program, options, "exchange", "Another article goes out.",
             ReturnEvent::Exchange);
    add_step(*returns, program, options, "cancel", "The buyer keeps the goods.",
             ReturnEvent::Cancel);
    add_one(*returns, program, options, "show",
            "Show a return, what differs from what was announced, and what it is worth.",
            "verso returns show 7QF2-M4KD-9", show_one);
    CLI::App* list_command = declare(*returns, "list", "List the returns, newest first.",
                                     "verso returns list --state received");
    list_command->add_option("--state", options->state, "Only those in this state");
    list_command->add_option("--most", options->most, "At most so many")
        ->check(CLI::Range(1, 100'000))
        ->capture_default_str();
    list_command->callback([options, &program] {
        program.chosen = [options](Call& call) { return list(*options, call); };
    });
}

}  // namespace verso::app

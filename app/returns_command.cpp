// SPDX-License-Identifier: Apache-2.0
#include <fmt/format.h>
#include <CLI/CLI.hpp>

#include <algorithm>
#include <memory>

#include "app/returns_desk.h"
#include "app/wiring.h"
#include "core/domain/card_link.h"
#include "records/desk/return_number.h"
#include "records/lifecycle/review_rule.h"

namespace verso::app {

namespace {

using records::ReturnEvent;
using records::ReturnLine;

struct ReturnsOptions {
    std::string code;  ///< of an order for announce, else of a return
    std::string who, reason, rma, label, comment, amount, state;
    std::string wish = "not-said", channel = "desk";
    int parcel = 0, most = 100;
    std::vector<std::string> lines, notes;
};

/// Shows it as it is now.
Result<ExitCode> tell(OpenHome& home, const Rma& rma, Output& out) {
    auto story = read_return(*home.store, home.shop, rma);
    if (!story) return story.error();
    show(out, *story);
    return ExitCode::Ok;
}

/// The parcel that the lines travelled in; NotAllowed when they were in several and none was said.
Result<int> parcel_of(const ReturnsOptions& options, const Order& order,
                      const std::vector<ReturnLine>& lines) {
    const auto has = [&](int parcel) {
        return std::any_of(order.parcels.begin(), order.parcels.end(),
                           [&](const Parcel& one) { return one.number == parcel; });
    };
    if (options.parcel != 0) {
        if (has(options.parcel)) return options.parcel;
        return Error{ErrorCode::ValueInvalid,
                     fmt::format("the order has no parcel {}", options.parcel), order.number.get(),
                     "see: verso orders show"};
    }
    int parcel = 0;
    for (const OrderLine& bought : order.lines) {
        const bool comes = std::any_of(lines.begin(), lines.end(), [&](const ReturnLine& one) {
            return one.line == bought.line;
        });
        if (!comes) continue;
        if (parcel != 0 && parcel != bought.parcel) {
            return Error{ErrorCode::NotAllowed, "the lines went out in several parcels",
                         order.number.get(), "announce one return for each, or add --parcel"};
        }
        parcel = bought.parcel;
    }
    return parcel == 0 ? order.parcels.front().number : parcel;
}

Result<std::vector<ReturnLine>> announced_lines(const std::vector<std::string>& texts) {
    auto words = parse_line_words(texts);
    if (!words) return words.error();
    std::vector<ReturnLine> lines;
    for (const LineWord& word : *words) {
        if (word.pieces == 0) {
            return Error{ErrorCode::ValueInvalid,
                         fmt::format("no piece of line {} is announced", word.line), "",
                         "leave the line out"};
        }
        ReturnLine line{word.line, word.pieces};
        if (!word.word.empty()) {
            auto reason = records::parse_return_reason(word.word);
            if (!reason) return reason.error();
            line.reason = *reason;
        }
        lines.push_back(std::move(line));
    }
    std::sort(lines.begin(), lines.end(),
              [](const ReturnLine& a, const ReturnLine& b) { return a.line < b.line; });
    return lines;
}

/// What the options announce, but for the RMA.
Result<records::Return> announced(const ReturnsOptions& options, const Order& order) {
    records::Return made;
    made.order = order.number;
    auto lines = announced_lines(options.lines);
    if (!lines) return lines.error();
    made.lines = std::move(*lines);
    auto parcel = parcel_of(options, order, made.lines);
    if (!parcel) return parcel.error();
    made.parcel = *parcel;
    auto wish = records::parse_return_wish(options.wish);
    if (!wish) return wish.error();
    made.wish = *wish;
    auto channel = records::parse_return_channel(options.channel);
    if (!channel) return channel.error();
    made.channel = *channel;
    made.label = options.label;
    made.comment = options.comment;
    return made;
}

Result<ExitCode> announce(const ReturnsOptions& options, Call& call) {
    if (auto named = records::check_reviewer(options.who, {}); !named) return named.error();
    auto home = open_home(call);
    if (!home) return home.error();
    auto number = find_one_order(*home->store, home->shop, options.code);
    if (!number) return number.error();
    auto story = read_story(*home->store, home->shop, *number);
    if (!story) return story.error();
    auto may = check_staff_may(home->config.life.actions, records::Action::Return, *story);
    if (!may) return may.error();
    auto made = announced(options, story->order);
    if (!made) return made.error();
    auto rma = options.rma.empty()
                   ? records::rma_for(*home->store, home->shop, *story, made->parcel)
                   : given_rma(*story, options.rma);
    if (!rma) return rma.error();
    made->rma = *rma;
    if (made->label.empty()) made->label = records::printed_label(*story, *rma);
    auto kept =
        home->store->returns().announce(home->shop, *made, options.who, system_clock().now());
    if (!kept) return kept.error();
    return tell(*home, *rma, call.out);
}

/// What was counted, on top of what is known of the lines. Every announced line must be told the
/// first time: a forgotten one would count as missing.
Result<std::vector<ReturnLine>> counted_lines(const ReturnsOptions& options,
                                              const records::Return& made) {
    auto words = parse_line_words(options.lines);
    if (!words) return words.error();
    std::vector<ReturnLine> lines;
    for (const LineWord& word : *words) {
        const ReturnLine* known = made.find_line(word.line);
        ReturnLine line = known ? *known : ReturnLine{word.line};
        line.received = word.pieces;
        if (!word.word.empty()) {
            auto condition = records::parse_condition(word.word);
            if (!condition) return condition.error();
            line.condition = *condition;
        }
        lines.push_back(std::move(line));
    }
    for (const ReturnLine& line : made.lines) {
        const bool told = std::any_of(lines.begin(), lines.end(),
                                      [&](const ReturnLine& one) { return one.line == line.line; });
        if (told || made.state != records::ReturnState::Received) continue;
        return Error{ErrorCode::NotAllowed,
                     fmt::format("nobody said how many of line {} came", line.line), made.rma.get(),
                     fmt::format("add --line {}=PIECES, 0 if none", line.line)};
    }
    return lines;
}

Result<void> add_notes(const std::vector<std::string>& notes, std::vector<ReturnLine>& lines) {
    for (const std::string& text : notes) {
        const auto equals = text.find('=');
        const std::string number = text.substr(0, equals);
        const auto line = std::find_if(lines.begin(), lines.end(), [&](const ReturnLine& one) {
            return std::to_string(one.line) == number;
        });
        if (equals == std::string::npos || line == lines.end()) {
            return Error{ErrorCode::ValueInvalid,
                         fmt::format("'{}' is no note on one of the lines", text), "",
                         "write LINE=TEXT for a line that --line names"};
        }
        line->note = text.substr(equals + 1);
    }
    return {};
}

Result<ExitCode> inspect(const ReturnsOptions& options, Call& call) {
    if (auto named = records::check_reviewer(options.who, {}); !named) return named.error();
    auto home = open_home(call);
    if (!home) return home.error();
    auto rma = find_one_return(*home->store, home->shop, options.code);
    if (!rma) return rma.error();
    auto made = home->store->returns().find(home->shop, *rma);
    if (!made) return made.error();
    auto lines = counted_lines(options, **made);
    if (!lines) return lines.error();
    if (auto noted = add_notes(options.notes, *lines); !noted) return noted.error();
    auto kept =
        home->store->returns().inspect(home->shop, *rma, *lines, options.who, system_clock().now());
    if (!kept) return kept.error();
    return tell(*home, *rma, call.out);
}

/// The sum that goes back, in words: what was said, else the proposal when nothing is doubtful.
Result<std::string> refund_words(const ReturnsOptions& options, const ReturnStory& story) {
    Money sum = story.proposal.total;
    if (options.amount.empty()) {
        for (const auto& line : story.proposal.lines) {
            if (line.doubt.empty()) continue;
            return Error{ErrorCode::NotAllowed, line.doubt,
                         fmt::format("{}, line {}", story.made.rma.get(), line.line),
                         "decide and add --amount; the proposal is " + format_money(sum)};
        }
    } else {
        auto said = parse_money(options.amount);
        if (!said) return said.error();
        sum = *said;
    }
    if (sum < Money{} || sum > story.order.total) {
        return Error{ErrorCode::NotAllowed,
                     fmt::format("{} is not between nothing and the order's total of {}",
                                 format_money(sum), format_money(story.order.total)),
                     story.order.number.get(), "give another --amount"};
    }
    return format_money(sum) + " " + story.order.currency;
}

/// Does one step and shows the return.
Result<ExitCode> step(const ReturnsOptions& options, ReturnEvent event, Call& call) {
    auto home = open_home(call);
    if (!home) return home.error();
    const bool decides = event != ReturnEvent::Receive;
    const std::span<const std::string> reviewers = home->config.life.reviewers;
    auto named = records::check_reviewer(options.who, decides ? reviewers : reviewers.first(0));
    if (!named) return named.error();
    auto rma = find_one_return(*home->store, home->shop, options.code);
    if (!rma) return rma.error();
    std::string detail = options.reason;
    if (event == ReturnEvent::Refund) {
        auto story = read_return(*home->store, home->shop, *rma);
        if (!story) return story.error();
        const auto next = records::next_return_state(story->made.state, event);
        if (!next.is_refused()) {
            auto words = refund_words(options, *story);
            if (!words) return words.error();
            detail = *words + (detail.empty() ? "" : ": " + detail);
        }
    }
    auto moved = home->store->returns().move(home->shop, *rma, event, options.who, detail,
                                             system_clock().now());
    if (!moved) return moved.error();
    return tell(*home, *rma, call.out);
}

Result<ExitCode> show_one(const ReturnsOptions& options, Call& call) {
    auto home = open_home(call);
    if (!home) return home.error();
    auto rma = find_one_return(*home->store, home->shop, options.code);
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

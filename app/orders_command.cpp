// SPDX-License-Identifier: Apache-2.0
#include <CLI/CLI.hpp>
#include <memory>

#include "app/order_view.h"
#include "app/orders_import.h"
#include "app/wiring.h"
#include "core/domain/card_link.h"

namespace verso::app {

namespace {

/// Whether the order is in this state, which follows from its cards and parcels too.
Result<bool> is_in(OpenHome& home, const OrderNumber& number,
                   const std::optional<records::OrderState>& state) {
    if (!state) return true;
    auto story = read_story(*home.store, home.shop, number);
    if (!story) return story.error();
    return story->state == *state;
}

Result<ExitCode> list_orders(const std::string& asked, Call& call) {
    std::optional<records::OrderState> state;
    if (!asked.empty()) {
        auto named = records::parse_order_state(asked);
        if (!named) return named.error().at("--state");
        state = *named;
    }
    auto home = open_home(call);
    if (!home) return home.error();
    auto orders = home->store->list_orders(home->shop);
    if (!orders) return orders.error();
    Table table({"order", "placed", "status", "payment", "name", "country", ">lines", ">parcels",
                 ">total", ""});
    std::size_t count = 0;
    for (const auto& order : *orders) {
        auto wanted = is_in(*home, order.number, state);
        if (!wanted) return wanted.error();
        if (!*wanted) continue;
        ++count;
        table.add({order.number.get(), format_day(order.placed_at.local_day()),
                   std::string(to_string(order.status)), std::string(to_string(order.payment)),
                   order.name, order.country, std::to_string(order.lines),
                   std::to_string(order.parcels), format_money(order.total), order.currency});
        call.out.line(order_summary_json(order));
    }
    call.out.show(table);
    call.out.say(std::to_string(count) + " orders");
    return ExitCode::Ok;
}

Result<ExitCode> show_order(const std::string& text, Call& call) {
    auto home = open_home(call);
    if (!home) return home.error();
    auto number = find_one_order(*home->store, home->shop, text);
    if (!number) return number.error();
    auto story = read_story(*home->store, home->shop, *number);
    if (!story) return story.error();
    auto rating = home->store->find_rating(home->shop, *number);
    if (!rating) return rating.error();
    auto history = read_history(*home->store, home->shop, *story, home->config.life.actions);
    if (!history) return history.error();
    show(call.out, *story, *rating, *history);
    return ExitCode::Ok;
}

void tell(const records::OrderDone& done, Output& out) {
    std::string voids;
    for (const CardId card : done.voids) voids += " " + format_typed_code(card);
    out.say("Order " + done.order.number.get() + " is at revision " +
            std::to_string(done.order.revision) + ", " + std::string(to_string(done.order.status)));
    if (!voids.empty()) out.say("Its printed sheets are wrong now; voided:" + voids);
    out.line(order_done_json(done));
}

using records::OrderDone;
using records::OrderWords;
using Act = Result<OrderDone> (*)(const records::Counter&, const OrderWords&, Instant);

/// Declares `cancel` or `edit`.
CLI::App* add_act(CLI::App& orders, Program& program, const std::shared_ptr<OrderWords>& words,
                  const char* name, const char* sentence, const char* example, Act act) {
    CLI::App* command = declare(orders, name, sentence, example);
    command->add_option("ORDER", words->order, "Number, card, tracking number, e-mail or name")
        ->required();
    command->add_option("--by", words->who, "Who does it")->required();
    command->add_option("--reason", words->reason, "Why")->required();
    command->callback([words, act, &program] {
        program.chosen = [words, act](Call& call) -> Result<ExitCode> {
            auto home = open_home(call);
            if (!home) return home.error();
            auto done = act(counter_of(*home), *words, system_clock().now());
            if (!done) return done.error();
            tell(*done, call.out);
            return ExitCode::Ok;
        };
    });
    return command;
}

void add_acts(CLI::App& orders, Program& program) {
    auto words = std::make_shared<OrderWords>();
    add_act(orders, program, words, "cancel", "Cancel an order that has not left.",
            "verso orders cancel '#1001' --by Max --reason 'the buyer wrote'",
            records::cancel_order);
    CLI::App* edit = add_act(orders, program, words, "edit",
                             "Change where an order goes or how much of a line; what is printed "
                             "and wrong then is voided.",
                             "verso orders edit '#1001' --address postcode=07150 --by Max --reason "
                             "'a typing mistake'",
                             records::edit_order);
    edit->add_option("--address", words->address,
                     "PART=TEXT: name, company, line1, line2, postcode, city, region, country");
    edit->add_option("--line", words->lines, "LINE=PIECES; 0 takes the line out");
}

void add_import(CLI::App& orders, Program& program) {
    auto options = std::make_shared<ImportOptions>();
    CLI::App* command = declare(orders, "import",
                                "Take in a shop's order export. The good orders are kept, each "
                                "rejected row is told with its line and reason; done again it "
                                "changes nothing.",
                                "verso orders import export.csv");
    command->add_option("FILE", options->files, "Order exports: CSV, JSON or XML")->required();
    command
        ->add_option("--format", options->format,
                     "auto, neutral (Verso's own CSV), shopify (its CSV), or a name of "
                     "docs/formats/orders.md")
        ->transform(CLI::Transformer({{"neutral", "verso-csv"}, {"shopify", "shopify-csv"}}))
        ->capture_default_str();
    command->add_option("--map", options->mapping,
                        "Read a CSV of another kind by this mapping of the home");
    command->add_flag("--dry-run", options->is_trial,
                      "Say what would become of the orders, and keep nothing");
    command->callback([options, &program] {
        program.chosen = [options](Call& call) { return import_files(*options, call); };
    });
}

void add_map(CLI::App& orders, Program& program) {
    auto options = std::make_shared<MapOptions>();
    CLI::App* command = declare(orders, "map",
                                "Propose which column of a CSV of another kind is what, and show "
                                "its first orders as they would be read.",
                                "verso orders map export.csv --save myshop");
    command->add_option("FILE", options->file, "A CSV of orders")->required();
    command->add_option("--save", options->save, "Keep the proposal in the home under this name");
    command->callback([options, &program] {
        program.chosen = [options](Call& call) { return map_file(*options, call); };
    });
}

}  // namespace

void add_orders_command(Program& program) {
    CLI::App* orders = declare(program.parser, "orders", "Import, list, show and change orders.",
                               "verso orders list");
    orders->require_subcommand(1);
    add_import(*orders, program);
    add_map(*orders, program);
    add_acts(*orders, program);
    CLI::App* list = declare(*orders, "list", "List the orders, newest revision of each.",
                             "verso orders list --json");
    auto state = std::make_shared<std::string>();
    list->add_option("--state", *state,
                     "Only those that are placed, paid, packing, shipped, delivered, cancelled or "
                     "refunded");
    list->callback([state, &program] {
        program.chosen = [state](Call& call) { return list_orders(*state, call); };
    });
    CLI::App* show =
        declare(*orders, "show",
                "Show an order: its state and what may be done, parcels, cards, revisions, "
                "answers and returns.",
                "verso orders show '#1001'");
    auto number = std::make_shared<std::string>();
    show->add_option("ORDER", *number, "Number, card, RMA, tracking number, e-mail or name")
        ->required();
    show->callback([number, &program] {
        program.chosen = [number](Call& call) { return show_order(*number, call); };
    });
}

}  // namespace verso::app

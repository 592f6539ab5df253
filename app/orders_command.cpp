// SPDX-License-Identifier: Apache-2.0
#include <CLI/CLI.hpp>
#include <memory>

#include "app/order_view.h"
#include "app/orders_import.h"
#include "app/wiring.h"

namespace verso::app {

namespace {

Result<ExitCode> list_orders(Call& call) {
    auto home = open_home(call);
    if (!home) return home.error();
    auto orders = home->store->list_orders(kFirstShop);
    if (!orders) return orders.error();
    Table table({"order", "placed", "status", "payment", "name", "country", ">lines", ">parcels",
                 ">total", ""});
    for (const auto& order : *orders) {
        table.add({order.number.get(), format_day(order.placed_at.local_day()),
                   std::string(to_string(order.status)), std::string(to_string(order.payment)),
                   order.name, order.country, std::to_string(order.lines),
                   std::to_string(order.parcels), format_money(order.total), order.currency});
        call.out.line(order_summary_json(order));
    }
    call.out.show(table);
    call.out.say(std::to_string(orders->size()) + " orders");
    return ExitCode::Ok;
}

Result<ExitCode> show_order(const std::string& number, Call& call) {
    auto home = open_home(call);
    if (!home) return home.error();
    auto order = home->store->find_order(kFirstShop, OrderNumber(number));
    if (!order) return order.error();
    auto cards = home->store->cards_of(kFirstShop, order->number);
    if (!cards) return cards.error();
    auto rating = home->store->find_rating(kFirstShop, order->number);
    if (!rating) return rating.error();
    show(call.out, *order, *cards, *rating);
    return ExitCode::Ok;
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
    CLI::App* orders =
        declare(program.parser, "orders", "Import, list and show orders.", "verso orders list");
    orders->require_subcommand(1);
    add_import(*orders, program);
    add_map(*orders, program);
    CLI::App* list = declare(*orders, "list", "List the orders, newest revision of each.",
                             "verso orders list --json");
    list->callback([&program] { program.chosen = list_orders; });
    CLI::App* show =
        declare(*orders, "show", "Show one order with its parcels, its cards and its rating.",
                "verso orders show '#1001'");
    auto number = std::make_shared<std::string>();
    show->add_option("NUMBER", *number, "As the shop wrote it")->required();
    show->callback([number, &program] {
        program.chosen = [number](Call& call) { return show_order(*number, call); };
    });
}

}  // namespace verso::app

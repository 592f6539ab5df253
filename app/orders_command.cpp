// SPDX-License-Identifier: Apache-2.0
#include <CLI/CLI.hpp>
#include <memory>
#include <nlohmann/json.hpp>

#include "app/order_view.h"
#include "app/wiring.h"
#include "records/import/importer.h"

namespace verso::app {

namespace {

struct ImportOptions {
    std::vector<std::string> files;
    std::string format = "auto";
};

using Json = nlohmann::ordered_json;

std::string dump(const Json& json) {
    return json.dump(-1, ' ', false, nlohmann::json::error_handler_t::replace);
}

void report_import(Output& out, const std::string& file, const records::ImportReport& report) {
    Json rejected = Json::array();
    for (const auto& row : report.rejected) {
        const std::string order = row.order.empty() ? "" : " (order " + row.order + ")";
        const std::string column = row.column.empty() ? "" : row.column + ": ";
        out.say(file + ":" + std::to_string(row.line) + ": rejected" + order + ": " + column +
                row.reason);
        rejected.push_back({{"line", row.line},
                            {"order", row.order},
                            {"column", row.column},
                            {"reason", row.reason}});
    }
    if (report.rows_rejected > report.rejected.size()) {
        out.say(file + ": " + std::to_string(report.rows_rejected - report.rejected.size()) +
                " more rows are rejected");
    }
    for (const auto& remark : report.remarks) out.warn(file + ": " + remark);
    out.say(file + " (" + std::string(records::to_string(report.format)) +
            "): " + std::to_string(report.orders_new) + " orders new, " +
            std::to_string(report.orders_changed) + " changed, " +
            std::to_string(report.orders_unchanged) + " unchanged, " +
            std::to_string(report.orders_rejected) + " rejected; " + std::to_string(report.rows) +
            " rows");
    out.line(dump({{"file", file},
                   {"format", records::to_string(report.format)},
                   {"new", report.orders_new},
                   {"changed", report.orders_changed},
                   {"unchanged", report.orders_unchanged},
                   {"rejected_orders", report.orders_rejected},
                   {"rows", report.rows},
                   {"lines", report.lines},
                   {"rejected_rows", report.rows_rejected},
                   {"rejected", std::move(rejected)},
                   {"remarks", report.remarks}}));
}

/// Each file on its own: one that cannot be read does not stop the others.
Result<ExitCode> import_files(const ImportOptions& options, Call& call) {
    auto format = records::parse_import_format(options.format);
    if (!format) return format.error();
    auto home = open_home(call);
    if (!home) return home.error();
    ExitCode code = ExitCode::Ok;
    std::size_t failed = 0;
    Progress progress =
        call.out.progress("files imported", options.files.size() > 1 ? options.files.size() : 0);
    for (const auto& file : options.files) {
        auto report =
            records::import_order_file(*home->store, kFirstShop, file, *format, system_clock());
        progress.advance();
        if (!report) {
            call.out.fail(report.error());
            code = exit_code(report.error().code);
            ++failed;
            continue;
        }
        report_import(call.out, file, *report);
        if (!report->rejected.empty() && code == ExitCode::Ok) code = ExitCode::Partly;
    }
    return failed > 0 && failed < options.files.size() ? ExitCode::Partly : code;
}

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
    command->add_option("FILE", options->files, "Order exports")->required();
    command->add_option("--format", options->format, "auto, neutral (Verso's own CSV), shopify (its CSV), or what docs/formats/orders.md names")
        ->transform(CLI::Transformer({{"neutral", "verso-csv"}, {"shopify", "shopify-csv"}}))
        ->capture_default_str();
    command->callback([options, &program] {
        program.chosen = [options](Call& call) { return import_files(*options, call); };
    });
}

}  // namespace

void add_orders_command(Program& program) {
    CLI::App* orders =
        declare(program.parser, "orders", "Import, list and show orders.", "verso orders list");
    orders->require_subcommand(1);
    add_import(*orders, program);
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

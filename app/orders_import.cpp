// SPDX-License-Identifier: Apache-2.0
#include "app/orders_import.h"

#include <sys/stat.h>
#include <nlohmann/json.hpp>

#include "app/order_mapping.h"
#include "app/wiring.h"
#include "records/import/importer.h"
#include "records/import/mapping_proposal.h"
#include "records/import/prestashop_xml.h"

namespace verso::app {

namespace {

using Json = nlohmann::ordered_json;

std::string dump(const Json& json) {
    return json.dump(-1, ' ', false, nlohmann::json::error_handler_t::replace);
}

void report_import(Output& out, const std::string& file, const records::ImportReport& report) {
    for (const auto& row : report.rejected) {
        const std::string order = row.order.empty() ? "" : " (order " + row.order + ")";
        const std::string column = row.column.empty() ? "" : row.column + ": ";
        out.say(file + ":" + std::to_string(row.line) + ": rejected" + order + ": " + column +
                row.reason);
    }
    if (report.rows_rejected > report.rejected.size()) {
        out.say(file + ": " + std::to_string(report.rows_rejected - report.rejected.size()) +
                " more rows are rejected");
    }
    for (const auto& order : report.kept) {
        out.say(file + ": order " + order.number.get() + " stays as it is here: " + order.what);
    }
    if (report.orders_kept > report.kept.size()) {
        out.say(file + ": " + std::to_string(report.orders_kept - report.kept.size()) +
                " more orders stay as they are here");
    }
    for (const auto& remark : report.remarks) out.warn(file + ": " + remark);
    out.say(file + " (" + std::string(records::to_string(report.format)) +
            "): " + std::to_string(report.orders_new) + " orders new, " +
            std::to_string(report.orders_changed) + " changed, " +
            std::to_string(report.orders_unchanged) + " unchanged, " +
            std::to_string(report.orders_rejected) + " rejected; " + std::to_string(report.rows) +
            " rows");
    out.line(import_json(file, report));
}

Result<std::vector<records::CsvMapping>> mappings_for(const ImportOptions& options,
                                                      const Home& home) {
    if (options.mapping.empty()) return load_mappings(home);
    auto mapping = load_mapping(home, options.mapping);
    if (!mapping) return mapping.error();
    return std::vector<records::CsvMapping>{std::move(*mapping)};
}

/// What the XML documents of one call say about one another, whichever file they are in. A pipe is
/// read once only, and so has to bring its own.
Result<records::PrestashopContext> gather_documents(const std::vector<std::string>& files) {
    records::PrestashopContext context;
    for (const std::string& file : files) {
        struct stat state {};
        if (::stat(file.c_str(), &state) != 0 || !S_ISREG(state.st_mode)) continue;
        auto source = records::file_source(file);
        if (!source) continue;  // told when its turn comes
        auto xml = records::is_xml(**source);
        if (!xml || !*xml) continue;
        if (auto read = records::gather_prestashop(**source, context); !read) {
            return read.error().at(file);
        }
    }
    context.finish();
    return context;
}

Json preview_json(const Order& order) {
    Json lines = Json::array();
    for (const OrderLine& line : order.lines) {
        lines.push_back({{"line", line.line},
                         {"sku", line.sku},
                         {"title", line.title},
                         {"quantity", line.quantity},
                         {"unit_price", format_money(line.unit_price)}});
    }
    return {{"order", order.number.get()},       {"placed_at", format_time(order.placed_at)},
            {"status", to_string(order.status)}, {"payment", to_string(order.payment)},
            {"name", order.ship_to.name},        {"postcode", order.ship_to.postcode},
            {"city", order.ship_to.city},        {"country", order.ship_to.country},
            {"currency", order.currency},        {"total", format_money(order.total)},
            {"lines", std::move(lines)}};
}

Json proposal_json(const records::MappingProposal& proposal) {
    Json columns = Json::array(), preview = Json::array(), rejected = Json::array();
    for (const auto& guess : proposal.guesses) {
        columns.push_back({{"field", guess.field},
                           {"column", guess.column},
                           {"why", guess.why},
                           {"sample", guess.sample}});
    }
    for (const Order& order : proposal.preview) preview.push_back(preview_json(order));
    for (const auto& row : proposal.rejected) {
        rejected.push_back({{"line", row.line}, {"column", row.column}, {"reason", row.reason}});
    }
    return {{"columns", std::move(columns)},     {"values", proposal.mapping.values},
            {"status", proposal.mapping.status}, {"payment", proposal.mapping.payment},
            {"unused", proposal.unused},         {"questions", proposal.questions},
            {"preview", std::move(preview)},     {"rejected", std::move(rejected)}};
}

void show_proposal(Output& out, const records::MappingProposal& proposal) {
    Table columns({"field", "column", "found", "first value"});
    for (const auto& guess : proposal.guesses) {
        columns.add({guess.field, guess.column, guess.why, guess.sample.substr(0, 40)});
    }
    out.show(columns);
    for (const auto& [field, value] : proposal.mapping.values) {
        out.say(field + ": no column, \"" + value + "\" for every order");
    }
    for (const auto& column : proposal.unused) out.say("not used: " + column);
    Table orders(
        {"order", "placed", "status", "payment", "name", "country", ">lines", ">total", ""});
    for (const Order& order : proposal.preview) {
        orders.add({order.number.get(), format_time(order.placed_at),
                    std::string(to_string(order.status)), std::string(to_string(order.payment)),
                    order.ship_to.name, order.ship_to.country, std::to_string(order.lines.size()),
                    format_money(order.total), order.currency});
    }
    out.show(orders);
    for (const auto& row : proposal.rejected) {
        out.say("line " + std::to_string(row.line) + ": " + row.column + ": " + row.reason);
    }
    for (const auto& question : proposal.questions) out.say("to settle: " + question);
}

}  // namespace

std::string import_json(const std::string& file, const records::ImportReport& report) {
    Json rejected = Json::array(), kept = Json::array();
    for (const auto& row : report.rejected) {
        rejected.push_back({{"line", row.line},
                            {"order", row.order},
                            {"column", row.column},
                            {"reason", row.reason}});
    }
    for (const auto& order : report.kept) {
        kept.push_back({{"order", order.number.get()}, {"what", order.what}});
    }
    return dump({{"file", file},
                 {"format", records::to_string(report.format)},
                 {"new", report.orders_new},
                 {"changed", report.orders_changed},
                 {"unchanged", report.orders_unchanged},
                 {"kept_orders", report.orders_kept},
                 {"kept", std::move(kept)},
                 {"rejected_orders", report.orders_rejected},
                 {"rows", report.rows},
                 {"lines", report.lines},
                 {"rejected_rows", report.rows_rejected},
                 {"rejected", std::move(rejected)},
                 {"remarks", report.remarks}});
}

Result<records::ImportReport> import_one(OpenHome& home, const std::filesystem::path& file,
                                         bool is_trial) {
    auto mappings = load_mappings(home.home);
    if (!mappings) return mappings.error();
    auto context = gather_documents({file.string()});
    if (!context) return context.error();
    records::ReadOptions reading;
    reading.mappings = *mappings;
    reading.prestashop = &*context;
    reading.is_trial = is_trial;
    return records::import_order_file(*home.store, home.shop, file, reading, system_clock());
}

Result<ExitCode> import_files(const ImportOptions& options, Call& call) {
    auto format = records::parse_import_format(options.format);
    if (!format) return format.error();
    auto home = open_home(call);
    if (!home) return home.error();
    records::ReadOptions reading(*format);
    auto mappings = mappings_for(options, home->home);
    if (!mappings) return mappings.error();
    if (!options.mapping.empty()) reading.format = records::ImportFormat::MappedCsv;
    reading.mappings = *mappings;
    auto context = gather_documents(options.files);
    if (!context) return context.error();
    reading.prestashop = &*context;
    reading.is_trial = options.is_trial;
    if (options.is_trial) call.out.say("this is a trial: nothing is kept");
    ExitCode code = ExitCode::Ok;
    std::size_t failed = 0;
    Progress progress =
        call.out.progress("files imported", options.files.size() > 1 ? options.files.size() : 0);
    for (const auto& file : options.files) {
        auto report =
            records::import_order_file(*home->store, home->shop, file, reading, system_clock());
        progress.advance();
        if (!report) {
            call.out.fail(report.error());
            code = exit_code(report.error().code);
            ++failed;
            continue;
        }
        report_import(call.out, file, *report);
        if (report->rows_rejected > 0 && code == ExitCode::Ok) code = ExitCode::Partly;
    }
    return failed > 0 && failed < options.files.size() ? ExitCode::Partly : code;
}

Result<ExitCode> map_file(const MapOptions& options, Call& call) {
    auto home = open_home(call);
    if (!home) return home.error();
    auto source = records::file_source(options.file);
    if (!source) return source.error();
    auto proposal = records::propose_mapping(**source, home->config.shop.return_address.country);
    if (!proposal) return proposal.error().at(options.file);
    std::string saved;
    if (!options.save.empty()) {
        proposal->mapping.name = options.save;
        auto file = save_mapping(home->home, proposal->mapping, proposal->questions);
        if (!file) return file.error();
        saved = *file;
    }
    show_proposal(call.out, *proposal);
    Json json = proposal_json(*proposal);
    if (!saved.empty()) {
        json["saved"] = saved;
        call.out.say("kept as " + saved + ": look at it, then import with --map " + options.save);
    }
    call.out.line(dump(json));
    return ExitCode::Ok;
}

}  // namespace verso::app

// SPDX-License-Identifier: Apache-2.0
#include "app/printer_choice.h"

#include <algorithm>
#include <nlohmann/json.hpp>
#include <tuple>

namespace verso::app {

std::string format_printer_settings(const PrinterSettings& settings) {
    nlohmann::ordered_json json{{"format", settings.format == PrintFormat::Zpl ? "zpl" : "pdf"}};
    if (settings.format == PrintFormat::Zpl) json["dpi"] = settings.dpi;
    if (!settings.tray.empty()) json["tray"] = settings.tray;
    if (!settings.certificate.empty()) json["certificate"] = settings.certificate;
    json["labels_ahead"] = settings.labels_ahead;
    json["patience_s"] = settings.patience_s;
    if (!settings.correction.is_identity()) json["correction"] = settings.correction.numbers();
    return json.dump(-1, ' ', false, nlohmann::json::error_handler_t::replace);
}

Result<PrinterSettings> parse_printer_settings(const std::string& text) try {
    const auto json = nlohmann::json::parse(text);
    PrinterSettings settings;
    if (json.value("format", "pdf") == "zpl") settings.format = PrintFormat::Zpl;
    settings.dpi = json.value("dpi", settings.dpi);
    settings.tray = json.value("tray", "");
    settings.certificate = json.value("certificate", "");
    settings.labels_ahead = json.value("labels_ahead", settings.labels_ahead);
    settings.patience_s = json.value("patience_s", settings.patience_s);
    settings.correction =
        PrintCorrection::from_numbers(json.value("correction", PrintCorrection{}.numbers()));
    return settings;
} catch (const nlohmann::json::exception& error) {
    return Error{ErrorCode::HomeInvalid,
                 std::string("the printer's settings are not what Verso wrote: ") + error.what(),
                 "", "verso printer remove NAME, then add it again"};
}

Result<ReadyPrinter> ready_printer(const records::PrinterRecord& record) {
    auto settings = parse_printer_settings(record.settings);
    if (!settings) return settings.error().at(record.name);
    auto uri = printer::parse_device_uri(record.uri);
    if (!uri) return uri.error().at(record.name);
    // Who is given labels may be asked for its state; another printer would print the question.
    if (uri->kind == printer::DeviceKind::Socket && settings->format == PrintFormat::Zpl)
        uri->options.emplace("status", "zebra");
    printer::DeviceOptions options;
    options.certificate = settings->certificate;
    options.labels_ahead = settings->labels_ahead;
    options.print_timeout = std::chrono::seconds(settings->patience_s);
    auto device = printer::open_device(*uri, options);
    if (!device) return device.error().at(record.name);
    return ReadyPrinter{record, *std::move(settings), *std::move(uri), *std::move(device)};
}

printer::PaperNeed paper_need(const Layout& layout, PrintFormat format, int dpi) {
    printer::PaperNeed need;
    const bool is_zpl = format == PrintFormat::Zpl;
    need.format = is_zpl ? printer::DocumentFormat::Zpl : printer::DocumentFormat::Pdf;
    need.width = layout.pages.front().width.value;
    need.height = layout.pages.front().height.value;
    need.both_sides = !is_zpl && layout.pages.size() % 2 == 0;
    need.dpi = is_zpl ? dpi : 0;
    return need;
}

Result<void> check_paper(ReadyPrinter& printer, const printer::PaperNeed& need) {
    // A raw printer has one connection, which its own hand may hold, and knows no paper.
    if (printer.uri.kind == printer::DeviceKind::Socket) return {};
    auto abilities = printer.device->capabilities();
    if (!abilities) return abilities.error().at(printer.record.name);
    auto choice = printer::choose_paper(need, *abilities, printer.settings.tray);
    if (!choice) return choice.error().at(printer.record.name);
    return {};
}

Result<records::PrinterId> least_loaded(records::Store& store,
                                        const std::vector<records::PrinterId>& printers) {
    auto all = records::spool_of(store).printers();
    if (!all) return all.error();
    std::vector<std::tuple<bool, long long, long long>> loads;  // is held, pages, place
    for (std::size_t place = 0; place < printers.size(); ++place) {
        const auto known = std::find_if(all->begin(), all->end(), [&](const auto& printer) {
            return printer.id == printers[place];
        });
        if (known == all->end()) {
            return Error{ErrorCode::NotFound, "a printer that this was asked for is gone", "",
                         "see: verso printer list"};
        }
        auto load = records::spool_of(store).load(known->id);
        if (!load) return load.error();
        loads.emplace_back(known->is_paused || load->need_person > 0, load->pages,
                           static_cast<long long>(place));
    }
    const auto least = std::min_element(loads.begin(), loads.end());
    return printers[static_cast<std::size_t>(std::get<2>(*least))];
}

}  // namespace verso::app

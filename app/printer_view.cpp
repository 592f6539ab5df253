// SPDX-License-Identifier: Apache-2.0
#include "app/printer_view.h"

#include <fmt/format.h>

#include <nlohmann/json.hpp>

namespace verso::app {

namespace {

using Json = nlohmann::ordered_json;

std::string dump(const Json& json) {
    return json.dump(-1, ' ', false, Json::error_handler_t::replace);
}

std::string media_in_words(const std::vector<printer::Media>& list) {
    std::string out;
    for (const auto& media : list) {
        out += (out.empty() ? "" : ", ") +
               fmt::format("{:g} × {:g} mm", media.width, media.height) +
               (media.tray.empty() ? "" : " in " + media.tray);
    }
    return out.empty() ? "it does not say" : out;
}

Json media_json(const std::vector<printer::Media>& list) {
    Json out = Json::array();
    for (const auto& media : list) {
        out.push_back({{"name", media.name},
                       {"width", media.width},
                       {"height", media.height},
                       {"tray", media.tray}});
    }
    return out;
}

std::string joined(const std::vector<std::string>& words) {
    std::string out;
    for (const auto& word : words) out += (out.empty() ? "" : ", ") + word;
    return out.empty() ? "it does not say" : out;
}

/// "labels 4 to 6 of 10", "3 of 10", "10".
std::string progress_of(const records::PrintJob& job) {
    const int pages = job.what.pages;
    if (job.first_unknown > 0)
        return fmt::format("{}-{} of {}?", job.first_unknown, job.last_unknown, pages);
    if (job.known.printed > 0) return fmt::format("{} of {}", job.known.printed, pages);
    return std::to_string(pages);
}

}  // namespace

std::string printer_json(const records::PrinterRecord& printer, const records::PrinterLoad& load) {
    auto settings = Json::parse(printer.settings, nullptr, false);
    return dump({{"printer", printer.name},
                 {"uri", printer.uri},
                 {"settings", settings.is_discarded() ? Json() : std::move(settings)},
                 {"paused", printer.is_paused},
                 {"waiting", load.jobs},
                 {"pages", load.pages},
                 {"need_person", load.need_person},
                 {"trouble", printer.trouble},
                 {"created_at", format_utc(printer.created_at)}});
}

std::string print_job_json(const records::PrintJob& job) {
    Json json{{"job", job.id.get()},
              {"printer", job.printer_name},
              {"title", job.what.title},
              {"state", records::to_string(job.state)},
              {"sheets", job.what.sheets},
              {"pages", job.what.pages},
              {"printed", job.known.printed},
              {"attempt", job.attempt},
              {"name", job.name},
              {"trouble", job.trouble},
              {"created_at", format_utc(job.created_at)},
              {"changed_at", format_utc(job.changed_at)}};
    if (!job.what.wave.empty()) json["wave"] = job.what.wave;
    if (job.state == records::PrintState::Unknown) {
        json["first_unknown"] = job.first_unknown > 0 ? job.first_unknown : 1;
        json["last_unknown"] = job.first_unknown > 0 ? job.last_unknown : job.what.pages;
    }
    return dump(json);
}

std::string printer_in_words(const records::PrinterRecord& printer,
                             const records::PrinterLoad& load) {
    std::string words = printer.is_paused      ? "paused"
                        : load.need_person > 0 ? "waits for a person"
                        : load.jobs > 0        ? "prints"
                                               : "idle";
    if (load.jobs > 0) words += fmt::format(", {} in its queue", load.jobs);
    return words;
}

void show_print_jobs(const std::vector<records::PrintJob>& jobs, Output& out) {
    Table table({">job", "printer", "document", "state", ">pages", "since", "trouble"});
    for (const auto& job : jobs) {
        table.add({std::to_string(job.id.get()), job.printer_name, job.what.title,
                   std::string(records::to_string(job.state)), progress_of(job),
                   format_utc(job.changed_at), job.trouble});
        out.line(print_job_json(job));
    }
    out.show(table);
}

void show_printer_status(const records::PrinterRecord& printer, const printer::DeviceState& state,
                         const printer::Capabilities& abilities, Output& out) {
    const std::string now = !state.trouble.empty() ? state.trouble
                            : state.is_busy        ? "prints"
                            : state.is_ready       ? "ready"
                                                   : "not ready";
    out.say(fmt::format("{}: {}", printer.name, now));
    out.say("  at       " + printer.uri);
    if (!abilities.make.empty()) out.say("  is       " + abilities.make);
    out.say("  takes    " + joined(abilities.formats));
    out.say("  loaded   " + media_in_words(abilities.ready));
    if (auto settings = parse_printer_settings(printer.settings);
        settings && !settings->correction.is_identity()) {
        const auto error = describe(settings->correction, {Mm{210}, Mm{297}});
        out.say(
            fmt::format("  moved by {:+.2f} mm right, {:+.2f} mm down (verso printer calibrate)",
                        error.right.value, error.down.value));
    }
    if (!abilities.trays.empty()) out.say("  trays    " + joined(abilities.trays));
    if (!abilities.sides.empty()) out.say("  sides    " + joined(abilities.sides));
    out.line(dump({{"printer", printer.name},
                   {"ready", state.is_ready},
                   {"busy", state.is_busy},
                   {"trouble", state.trouble},
                   {"reasons", state.reasons},
                   {"holds", state.waiting},
                   {"make", abilities.make},
                   {"formats", abilities.formats},
                   {"loaded", media_json(abilities.ready)},
                   {"supported", media_json(abilities.supported)},
                   {"dpi", abilities.dpi},
                   {"sides", abilities.sides},
                   {"trays", abilities.trays}}));
}

}  // namespace verso::app

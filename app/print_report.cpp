// SPDX-License-Identifier: Apache-2.0
#include "app/print_report.h"

#include <fmt/format.h>

#include <nlohmann/json.hpp>

#include "app/print_manifest.h"

namespace verso::app {

namespace {

std::string parcel_name(const SkippedParcel& parcel) {
    const std::string name = fmt::format("{} parcel {}", parcel.order, parcel.parcel);
    return parcel.position > 0 ? fmt::format("place {}, {}", parcel.position, name) : name;
}

}  // namespace

void PrintReport::printed(const FinishedInsert& insert) {
    ++inserts_;
    if (out_.is_json()) out_.line(manifest_line(insert, false));
}

/// Parcels printed before are the normal case of --all and only counted; all others are told.
void PrintReport::skipped(const SkippedParcel& parcel) {
    const bool before = parcel.why == SkippedParcel::Why::AlreadyPrinted;
    before_ += before ? 1 : 0;
    if (!all_ || parcel.why == SkippedParcel::Why::Unprintable) missed_ = parcel.error.code;
    if (out_.is_json()) {
        nlohmann::ordered_json json{{"skipped", parcel.order},
                                    {"parcel", parcel.parcel},
                                    {"code", to_string(parcel.error.code)},
                                    {"reason", parcel.error.message}};
        if (parcel.position > 0) json["position"] = parcel.position;
        out_.line(json.dump(-1, ' ', false, nlohmann::json::error_handler_t::replace));
        return;
    }
    const std::string sentence = parcel_name(parcel) + ": no sheet: " + parcel.error.text();
    if (before && all_) {
        out_.detail(sentence);
    } else {
        out_.say(sentence);
    }
}

PrintSink PrintReport::sink() {
    return {[this](const FinishedInsert& insert) { printed(insert); },
            [this](const SkippedParcel& parcel) { skipped(parcel); },
            [this](const std::string& warning) { out_.warn(warning); }};
}

void PrintReport::finish() {
    if (all_ && before_ > 0) {
        out_.say(std::to_string(before_) + " parcels have their sheet already.");
    }
}

ExitCode PrintReport::verdict() const {
    if (!missed_) return ExitCode::Ok;
    return inserts_ == 0 ? exit_code(*missed_) : ExitCode::Partly;
}

ExitCode report_sheets(const PrintedSheets& sheets, const std::string& file, PrintReport& report,
                       Output& out) {
    for (const auto& warning : sheets.warnings) out.warn(warning);
    for (const auto& insert : sheets.inserts) report.printed(insert);
    for (const auto& parcel : sheets.skipped) report.skipped(parcel);
    report.finish();
    out.say(sheets.inserts.empty()
                ? "Nothing to print; no file was made."
                : fmt::format("Printed {} inserts on {} pages (layout {}): {}",
                              sheets.inserts.size(), sheets.pages, sheets.layout.get(), file));
    return report.verdict();
}

ExitCode report_wave(const WaveReport& wave, const std::string& folder, PrintReport& report,
                     Output& out) {
    report.finish();
    if (wave.name.empty()) {
        out.say("Nothing to print; no wave was made.");
        return report.verdict();
    }
    if (wave.files == 0) {
        out.say(fmt::format("Wave {} is complete; nothing was left to print.", wave.name));
    } else {
        out.say(fmt::format("{} {}: printed {} inserts on {} pages in {} files (layout {}){}{}",
                            wave.resumed ? "Went on with wave" : "Wave", wave.name, wave.inserts,
                            wave.pages, wave.files, wave.layout.get(), folder.empty() ? "" : ": ",
                            folder));
    }
    if (wave.left_out > 0) {
        out.say(fmt::format("{} of its {} places have no sheet.", wave.left_out, wave.positions));
    }
    return report.verdict();
}

}  // namespace verso::app

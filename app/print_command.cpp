// SPDX-License-Identifier: Apache-2.0
#include <CLI/CLI.hpp>
#include <memory>
#include <nlohmann/json.hpp>

#include "app/print_wave.h"

namespace verso::app {

namespace {

struct PrintOptions {
    PrintRequest request;
    bool all = false;
    std::string pdf, manifest;
};

std::string parcel_name(const SkippedParcel& parcel) {
    return parcel.order + " parcel " + std::to_string(parcel.parcel);
}

/// Parcels printed before are the normal case of --all and only counted; all others are told.
void report_skipped(Output& out, const PrintedWave& wave, bool all) {
    std::size_t printed_before = 0;
    for (const auto& parcel : wave.skipped) {
        const bool before = parcel.why == SkippedParcel::Why::AlreadyPrinted;
        printed_before += before ? 1 : 0;
        out.line(nlohmann::ordered_json{{"skipped", parcel.order},
                                        {"parcel", parcel.parcel},
                                        {"code", to_string(parcel.error.code)},
                                        {"reason", parcel.error.message}}
                     .dump(-1, ' ', false, nlohmann::json::error_handler_t::replace));
        const std::string sentence = parcel_name(parcel) + ": no sheet: " + parcel.error.text();
        if (before && all) {
            out.detail(sentence);
        } else {
            out.say(sentence);
        }
    }
    if (all && printed_before > 0) {
        out.say(std::to_string(printed_before) + " parcels have their sheet already.");
    }
}

/// What the caller asked for by name and did not get decides; with --all a forbidden parcel is as
/// it should be.
Result<ExitCode> verdict(const PrintedWave& wave, bool all) {
    const SkippedParcel* missed = nullptr;
    for (const auto& parcel : wave.skipped) {
        if (!all || parcel.why == SkippedParcel::Why::Unprintable) missed = &parcel;
    }
    if (missed == nullptr) return ExitCode::Ok;
    return wave.inserts.empty() ? exit_code(missed->error.code) : ExitCode::Partly;
}

Result<ExitCode> print(const PrintOptions& options, Call& call) {
    auto home = open_home(call);
    if (!home) return home.error();
    auto wave = print_wave(*home, options.request, system_random(), system_clock(), call.out);
    if (!wave) return wave.error();
    for (const auto& warning : wave->warnings) call.out.warn(warning);
    for (const auto& insert : wave->inserts) call.out.line(manifest_line(insert, false));
    report_skipped(call.out, *wave, options.all);
    call.out.say(wave->inserts.empty()
                     ? "Nothing to print; no file was made."
                     : "Printed " + std::to_string(wave->inserts.size()) + " inserts on " +
                           std::to_string(wave->pages) + " pages (layout " +
                           std::to_string(wave->layout.get()) + "): " + options.pdf);
    return verdict(*wave, options.all);
}

}  // namespace

void add_print_command(Program& program) {
    auto options = std::make_shared<PrintOptions>();
    CLI::App* command =
        declare(program.parser, "print",
                "Print the insert of each parcel into one PDF. Unpaid and cancelled orders get "
                "none; parcels that have theirs are skipped.",
                "verso print --all --template a4-fold --out wave.pdf");
    auto* orders = command->add_option_group("orders", "Which parcels");
    orders->add_flag("--all", options->all, "Every parcel that may have an insert and has none");
    orders->add_option("--order", options->request.orders, "The parcels of these orders")
        ->type_name("NUMBER");
    orders->require_option(1);
    command->add_option("--template", options->request.template_name, "See: verso template list")
        ->required();
    command->add_option("--out", options->pdf, "The PDF; never written over")
        ->type_name("FILE.pdf")
        ->required();
    command
        ->add_option("--manifest", options->manifest,
                     "One JSON line per insert. It holds the cards' secret links: keep it as "
                     "you keep the sheets (made with mode 0600)")
        ->type_name("FILE");
    command
        ->add_option("--reprint", options->request.reprint,
                     "Print again what was printed, and why; the old cards are voided")
        ->type_name("REASON");
    command->callback([options, &program] {
        options->request.pdf = options->pdf;
        options->request.manifest = options->manifest;
        program.chosen = [options](Call& call) { return print(*options, call); };
    });
}

}  // namespace verso::app

// SPDX-License-Identifier: Apache-2.0
#include <fmt/format.h>

#include <CLI/CLI.hpp>
#include <charconv>
#include <cstdio>
#include <memory>

#include "app/print_to.h"
#include "app/printer_calibration.h"
#include "app/printer_command.h"
#include "app/stop_signals.h"

namespace verso::app {

namespace {

constexpr const char* kTerminal = "command line";

struct CalibrateCall {
    std::string name, scan, offset, template_name = "a4-fold";
    bool clear = false;
};

/// "1.2,-0.5": mm to the right and down.
Result<std::pair<Mm, Mm>> parse_offset(const std::string& text) {
    double right = 0, down = 0;
    const char* end = text.data() + text.size();
    auto read = std::from_chars(text.data(), end, right);
    if (read.ec == std::errc() && read.ptr != end && *read.ptr == ',') {
        read = std::from_chars(read.ptr + 1, end, down);
        if (read.ec == std::errc() && read.ptr == end) return std::pair{Mm{right}, Mm{down}};
    }
    return Error{ErrorCode::Usage, "\"" + text + "\" is no offset", "--offset",
                 "write millimetres to the right and down: --offset 1.2,-0.5"};
}

Result<ExitCode> print_page(OpenHome& home, const CalibrateCall& asked, Call& call) {
    auto record = records::spool_of(*home.store).find_printer(asked.name);
    if (!record) return record.error();
    auto id = print_calibration_page(home, asked.name, asked.template_name, kTerminal);
    if (!id) return id.error();
    const auto& stop = hear_stop_signals();
    const PrintTools tools{system_random(), system_clock(), call.out, {}};
    auto done = see_it_printed(home, {record->id}, *id, tools, [&] { return stop.load(); });
    if (!done) return done.error();
    call.out.say(
        "Scan the page before something dark, all four edges in sight, then: verso printer "
        "calibrate \"" +
        asked.name + "\" --scan FILE");
    return ExitCode::Ok;
}

Result<ExitCode> measure(OpenHome& home, const CalibrateCall& asked, Call& call) {
    auto found = calibrate_by_scan(home, asked.name, asked.scan, asked.template_name, kTerminal);
    if (!found) return found.error();
    const PrintError& error = found->error;
    call.out.say(fmt::format(
        "Printed {:+.2f} mm to the right and {:+.2f} mm down of its place, {:+.2f} % wider, "
        "{:+.2f} % "
        "taller, turned by {:+.2f} degrees; known to {:.2f} mm. It is corrected from now on.",
        error.right.value, error.down.value, (error.scale_x - 1) * 100, (error.scale_y - 1) * 100,
        error.turned, found->residual_mm + found->edge_mm));
    call.out.line(fmt::format(
        R"({{"right":{:.3f},"down":{:.3f},"scale_x":{:.5f},"scale_y":{:.5f},"turned":{:.3f},"skewed":{:.3f},"residual":{:.3f},"edges":{:.3f}}})",
        error.right.value, error.down.value, error.scale_x, error.scale_y, error.turned,
        error.skewed, found->residual_mm, found->edge_mm));
    return ExitCode::Ok;
}

Result<ExitCode> calibrate(const CalibrateCall& asked, Call& call) {
    auto home = open_home(call);
    if (!home) return home.error();
    if (!asked.scan.empty()) return measure(*home, asked, call);
    if (asked.clear) {
        auto done = forget_calibration(*home, asked.name, kTerminal);
        if (!done) return done.error();
        call.out.say(asked.name + " gets documents as they are.");
        return ExitCode::Ok;
    }
    if (asked.offset.empty()) return print_page(*home, asked, call);
    auto offset = parse_offset(asked.offset);
    if (!offset) return offset.error();
    auto done = calibrate_by_offset(*home, asked.name, offset->first, offset->second,
                                    asked.template_name, kTerminal);
    if (!done) return done.error();
    call.out.say("It is corrected from now on.");
    return ExitCode::Ok;
}

}  // namespace

void add_printer_calibrate_command(CLI::App& printers, Program& program) {
    auto asked = std::make_shared<CalibrateCall>();
    CLI::App* command =
        declare(printers, "calibrate",
                "Put print into its place on a printer's paper: prints a page to be scanned, reads "
                "the scan, or takes two numbers that were measured.",
                "verso printer calibrate bench --scan page.png");
    command->add_option("NAME", asked->name, "verso printer list")->required();
    auto* scan =
        command->add_option("--scan", asked->scan, "The printed page, scanned or photographed")
            ->type_name("FILE");
    auto* offset = command
                       ->add_option("--offset", asked->offset,
                                    "How far print comes out to the right and down, in mm")
                       ->type_name("RIGHT,DOWN")
                       ->excludes(scan);
    command->add_flag("--clear", asked->clear, "Forget what was measured")
        ->excludes(scan)
        ->excludes(offset);
    command->add_option("--template", asked->template_name, "Whose paper it is (a4-fold)");
    command->callback([asked, &program] {
        program.chosen = [asked](Call& call) { return calibrate(*asked, call); };
    });
}

}  // namespace verso::app

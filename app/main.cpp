// SPDX-License-Identifier: Apache-2.0
// Picks the command. Everything that a command does is in its own file.
#include <CLI/CLI.hpp>
#include <cstdlib>
#include <exception>
#include <iostream>

#include "app/command.h"
#include "app/export_command.h"
#include "app/hooks_command.h"
#include "app/image_reader.h"
#include "app/printer_command.h"
#include "scanner/worker/worker_main.h"

namespace verso::app {

namespace {

void declare_all(Program& program) {
    add_init_command(program);
    add_demo_command(program);
    add_orders_command(program);
    add_print_command(program);
    add_read_command(program);
    add_scan_command(program);
    add_ratings_command(program);
    add_review_command(program);
    add_stats_command(program);
    add_export_command(program);
    add_template_command(program);
    add_doctor_command(program);
    add_bench_command(program);
    add_events_command(program);
    add_jobs_command(program);
    add_returns_command(program);
    add_work_command(program);
    add_serve_command(program);
    add_store_command(program);
    add_privacy_command(program);
    add_shop_command(program);
    add_user_command(program);
    add_hooks_command(program);
    add_printer_command(program);
    add_audit_command(program);
}

/// --help and --version, or what was wrong with the arguments.
int finish_parse(CLI::App& parser, const CLI::ParseError& error, Output& out) {
    if (error.get_exit_code() == 0) return parser.exit(error);
    const CLI::App* named = &parser;
    std::string command = parser.get_name();
    while (!named->get_subcommands().empty()) {
        named = named->get_subcommands().front();
        command += " " + named->get_name();
    }
    out.fail({ErrorCode::Usage, error.what(), "", "see: " + command + " --help"});
    return static_cast<int>(ExitCode::Usage);
}

int finish(const Result<ExitCode>& result, Output& out) {
    if (!result) {
        out.fail(result.error());
        return static_cast<int>(exit_code(result.error().code));
    }
    if (!std::cout.flush()) {
        out.fail({ErrorCode::FileUnwritable, "the output could not be written", "standard output",
                  "check the room on the disk, or the program that reads it"});
        return static_cast<int>(ExitCode::FileUnwritable);
    }
    return static_cast<int>(*result);
}

int run(int argc, char** argv) {
    CLI::App parser(
        "Verso prints the sheet that travels in every parcel, and reads the card that comes back.",
        "verso");
    OutputOptions options;
    std::string home, shop;
    parser.set_version_flag("--version", "verso " VERSO_VERSION);
    parser.add_option("--home", home, "The data folder; else $VERSO_HOME, else ./verso-home");
    parser.add_option("--shop", shop, "Which shop of the home; else $VERSO_SHOP, else the first");
    parser.add_flag("--json", options.json, "Results and errors as JSON, one object a line");
    parser.add_flag("--quiet", options.quiet, "No progress, no warnings");
    parser.add_flag("--verbose", options.verbose, "Tell what is done on the way");
    parser.require_subcommand(1);
    parser.footer("Start with:  verso demo\nExit codes:  docs/errors.md");
    Program program{parser, {}};
    declare_all(program);
    try {
        parser.parse(argc, argv);
    } catch (const CLI::ParseError& error) {
        // The flags before the mistake count already: an error is JSON when JSON was asked for.
        Output out(std::cout, std::cerr, options);
        return finish_parse(parser, error, out);
    }
    Output out(std::cout, std::cerr, options);
    if (const char* named = std::getenv("VERSO_SHOP"); shop.empty() && named != nullptr)
        shop = named;
    Call call{home, out, shop};
    return finish(program.chosen(call), out);
}

}  // namespace

}  // namespace verso::app

int main(int argc, char** argv) try {
    if (argc == 2 && argv[1] == verso::app::kReaderCommand) return verso::scanner::worker_main();
    std::ios::sync_with_stdio(false);
    return verso::app::run(argc, argv);
} catch (const std::exception& broken) {
    std::cerr << "verso: our own mistake: " << broken.what() << "; please report it\n";
    return static_cast<int>(verso::app::ExitCode::Internal);
}

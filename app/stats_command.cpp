// SPDX-License-Identifier: Apache-2.0
#include <CLI/CLI.hpp>
#include <memory>

#include "app/stats_view.h"
#include "app/wiring.h"
#include "core/util/time.h"
#include "records/figures/figure_facts.h"
#include "records/figures/figures.h"

namespace verso::app {

namespace {

struct StatsOptions {
    std::string since, until, by;
    int min_cell = 5;
    double alert_below = -1;
};

Result<std::optional<records::DayNumber>> day_option(const std::string& text,
                                                     const std::string& name) {
    if (text.empty()) return std::optional<records::DayNumber>{};
    auto day = parse_day(text);
    if (!day) return Error{ErrorCode::ValueInvalid, day.error().message, name, "e.g. 2026-10-05"};
    return std::optional<records::DayNumber>(records::day_of(*day));
}

Result<ExitCode> show_stats(const StatsOptions& options, Call& call) {
    auto since = day_option(options.since, "--since");
    if (!since) return since.error();
    auto until = day_option(options.until, "--until");
    if (!until) return until.error();
    if (*since && *until && **until < **since) {
        return Error{ErrorCode::ValueInvalid, "the period ends before it begins", "--until",
                     "give a later day, or none"};
    }
    auto home = open_home(call);
    if (!home) return home.error();
    const records::CellSource source = [&](const records::FigureQuery& query) {
        return home->store->figure_cells(home->shop, query);
    };
    records::FiguresOptions report;
    report.min_cell = options.min_cell;
    auto figures = records::read_figures(
        source, {options.by, *since, *until, records::day_of(system_clock().now())}, report);
    if (!figures) return figures.error();
    show_figures(*figures, report, {terminal_shows_blocks(), options.alert_below}, call.out);
    return ExitCode::Ok;
}

}  // namespace

void add_stats_command(Program& program) {
    auto options = std::make_shared<StatsOptions>();
    CLI::App* stats = declare(program.parser, "stats",
                              "Show what the answers say, with what is "
                              "not known of them.",
                              "verso stats --by carrier");
    stats->add_option("--since", options->since, "From the week of this day on")->type_name("DAY");
    stats->add_option("--until", options->until, "To the week of this day")->type_name("DAY");
    stats->add_option("--by", options->by, "One row for each of these")
        ->check(CLI::IsMember({"sku", "carrier", "service", "country", "packer", "template",
                               "channel", "buyer", "fault", "week"}));
    stats->add_option("--min-cell", options->min_cell, "Hide answers of fewer buyers than this")
        ->check(CLI::Range(1, 1'000'000))
        ->capture_default_str();
    stats
        ->add_option("--alert-below", options->alert_below,
                     "Mark rows whose share of happy buyers may be below this percentage")
        ->check(CLI::Range(0.0, 100.0));
    stats->callback([options, &program] {
        program.chosen = [options](Call& call) { return show_stats(*options, call); };
    });
}

}  // namespace verso::app

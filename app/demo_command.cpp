// SPDX-License-Identifier: Apache-2.0
#include <fmt/format.h>

#include <CLI/CLI.hpp>
#include <memory>
#include <nlohmann/json.hpp>

#include "app/demo_page.h"
#include "app/demo_run.h"

namespace verso::app {

namespace {

namespace fs = std::filesystem;

struct DemoOptions {
    std::uint64_t seed = 1;
};

void show_summary(Output& out, const DemoSummary& summary, const DemoFolder& folder) {
    Table table({"", ">"});
    table.add({"orders", std::to_string(summary.orders)});
    table.add({"cards printed", std::to_string(summary.printed)});
    table.add({"cards read", std::to_string(summary.read)});
    table.add({"straight through", std::to_string(summary.straight_through)});
    table.add({"in review", std::to_string(summary.in_review)});
    table.add({"wrong", std::to_string(summary.wrong)});
    table.add({"mean rating", fmt::format("{:.2f}", summary.mean)});
    out.show(table);
    Table paths({"", ""});
    paths.add({"the page", folder.page().string()});
    paths.add({"the sheets", folder.pdf().string()});
    paths.add({"the scans", folder.scans().string()});
    paths.add({"what the reader saw", folder.overlays().string()});
    out.say("");
    out.show(paths);
    out.line(nlohmann::ordered_json{{"orders", summary.orders},
                                    {"printed", summary.printed},
                                    {"read", summary.read},
                                    {"straight_through", summary.straight_through},
                                    {"in_review", summary.in_review},
                                    {"wrong", summary.wrong},
                                    {"mean", summary.mean},
                                    {"page", folder.page().string()},
                                    {"pdf", folder.pdf().string()},
                                    {"scans", folder.scans().string()},
                                    {"overlays", folder.overlays().string()}}
                 .dump());
}

Result<ExitCode> demo(const DemoOptions& options, Call& call) {
    const Home home(call.home.empty() ? fs::path("verso-demo") : fs::path(call.home));
    auto done = run_demo(home, options.seed, call.out);
    if (!done) return done.error();
    show_summary(call.out, *done, demo_folder(home));
    if (done->wrong == 0) return ExitCode::Ok;
    return Error{ErrorCode::Internal,
                 "a wrong answer was accepted, which must never happen; seed " +
                     std::to_string(options.seed),
                 demo_folder(home).page().string(), "please report it with the seed"};
}

}  // namespace

void add_demo_command(Program& program) {
    auto options = std::make_shared<DemoOptions>();
    CLI::App* command = declare(program.parser, "demo",
                                "Show the whole round trip in a home of its own (./verso-demo): "
                                "orders in, sheets out, marked cards back, ratings. Made anew each "
                                "time.",
                                "verso demo --seed 7");
    command->add_option("--seed", options->seed, "Another seed, other answers, pens and scanners")
        ->capture_default_str();
    command->callback([options, &program] {
        program.chosen = [options](Call& call) { return demo(*options, call); };
    });
}

}  // namespace verso::app

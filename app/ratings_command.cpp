// SPDX-License-Identifier: Apache-2.0
#include <CLI/CLI.hpp>
#include <cstdio>
#include <memory>
#include <sstream>

#include "app/files.h"
#include "app/wiring.h"
#include "core/domain/reading_json.h"
#include "records/export/rating_export.h"

namespace verso::app {

namespace {

struct ExportOptions {
    std::string format = "csv";
    std::string file;
};

std::string answers_text(const Answers& answers) {
    std::string out;
    for (const auto& [question, value] : answers) {
        if (question == kOverallQuestion) continue;
        out += (out.empty() ? "" : ", ") + question + " " + std::to_string(value);
    }
    return out;
}

Result<ExitCode> list_ratings(Call& call) {
    auto home = open_home(call);
    if (!home) return home.error();
    Table table({"order", "card", "channel", ">overall", "other answers", "recorded"});
    double sum = 0;
    std::size_t count = 0;
    auto visited = home->store->ratings(kFirstShop, [&](const Rating& rating) -> Result<void> {
        const auto overall = rating.answers.find(kOverallQuestion);
        if (overall != rating.answers.end()) {
            sum += overall->second;
            ++count;
        }
        call.out.line(to_json(rating));
        table.add({rating.order.get(), format_typed_code(rating.card),
                   std::string(to_string(rating.channel)),
                   overall != rating.answers.end() ? std::to_string(overall->second) : "",
                   answers_text(rating.answers), format_utc(rating.recorded_at)});
        return {};
    });
    if (!visited) return visited.error();
    call.out.show(table);
    char mean[32] = "";
    if (count > 0)
        std::snprintf(mean, sizeof mean, ", mean %.2f", sum / static_cast<double>(count));
    call.out.say(std::to_string(count) + " ratings" + mean);
    return ExitCode::Ok;
}

/// The whole text first, then the file at once: half an export never stands there.
Result<ExitCode> export_ratings(const ExportOptions& options, Call& call) {
    auto home = open_home(call);
    if (!home) return home.error();
    std::ostringstream text;
    auto count = options.format == "csv"
                     ? records::export_ratings_csv(*home->store, kFirstShop, text)
                     : records::export_ratings_json_lines(*home->store, kFirstShop, text);
    if (!count) return count.error();
    if (auto written = write_file(options.file, text.str(), FileMode::Shared); !written) {
        return written.error();
    }
    call.out.say(std::to_string(*count) + " ratings written to " + options.file);
    return ExitCode::Ok;
}

}  // namespace

void add_ratings_command(Program& program) {
    CLI::App* ratings =
        declare(program.parser, "ratings", "List and export what counts.", "verso ratings list");
    ratings->require_subcommand(1);
    CLI::App* list = declare(*ratings, "list", "List the rating of each order that has one.",
                             "verso ratings list --json");
    list->callback([&program] { program.chosen = list_ratings; });
    auto options = std::make_shared<ExportOptions>();
    CLI::App* write = declare(*ratings, "export", "Write the ratings to a file.",
                              "verso ratings export --format csv --out ratings.csv");
    write->add_option("--format", options->format, "csv or jsonl")
        ->check(CLI::IsMember({"csv", "jsonl"}))
        ->capture_default_str();
    write->add_option("--out", options->file, "The file; an older one is replaced")
        ->type_name("FILE")
        ->required();
    write->callback([options, &program] {
        program.chosen = [options](Call& call) { return export_ratings(*options, call); };
    });
}

}  // namespace verso::app

// SPDX-License-Identifier: Apache-2.0
#include <CLI/CLI.hpp>
#include <cstdio>
#include <memory>
#include <nlohmann/json.hpp>
#include <sstream>

#include "app/files.h"
#include "app/wiring.h"
#include "core/domain/reading_json.h"
#include "records/desk/rating_desk.h"
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
    auto visited = home->store->ratings(home->shop, [&](const Rating& rating) -> Result<void> {
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
                     ? records::export_ratings_csv(*home->store, home->shop, text)
                     : records::export_ratings_json_lines(*home->store, home->shop, text);
    if (!count) return count.error();
    if (auto written = write_file(options.file, text.str(), FileMode::Shared); !written) {
        return written.error();
    }
    call.out.say(std::to_string(*count) + " ratings written to " + options.file);
    return ExitCode::Ok;
}

Result<ExitCode> record(const records::AnswerWords& words, Call& call) {
    auto home = open_home(call);
    if (!home) return home.error();
    auto done = records::record_assisted(counter_of(*home), words, system_clock().now());
    if (!done) return done.error();
    const std::string outcome(records::to_string(done->outcome));
    call.out.say(words.code + ": " + outcome);
    if (done->outcome == records::ResponseOutcome::Conflict) {
        call.out.say("the order has another answer: verso review list");
    }
    call.out.line(nlohmann::ordered_json{{"card", words.code}, {"outcome", outcome}}.dump());
    return ExitCode::Ok;
}

void add_record(CLI::App& ratings, Program& program) {
    auto words = std::make_shared<records::AnswerWords>();
    CLI::App* command =
        declare(ratings, "record",
                "Record the answer of a buyer on the telephone, by the code of "
                "their card.",
                "verso ratings record 4K7M-2Q9X-W3HTB --by Max --answers overall=4");
    command->add_option("CODE", words->code, "As printed on the card")->required();
    command->add_option("--by", words->who, "Who takes it down")->required();
    command->add_option("--answers,--answer", words->answers, "QUESTION=VALUE, with commas between")
        ->delimiter(',');
    command->add_option("--comment", words->comment, "What the buyer says besides");
    command->add_flag("--publish", words->publish, "The buyer allows to publish that");
    command->add_option("--kind", words->kind, "scores, or not-received, or cancelled")
        ->check(CLI::IsMember({"scores", "not-received", "cancelled"}))
        ->capture_default_str();
    command->callback([words, &program] {
        program.chosen = [words](Call& call) { return record(*words, call); };
    });
}

void add_text(CLI::App& ratings, Program& program, bool hide) {
    auto words = std::make_shared<records::TextWords>();
    words->hide = hide;
    CLI::App* command =
        hide ? declare(ratings, "hide",
                       "Take the text of a rating out of what is published; its score stays.",
                       "verso ratings hide '#1001' --by Max --reason insult")
             : declare(ratings, "show", "Publish a hidden text again.",
                       "verso ratings show '#1001' --by Max --reason 'it was none'");
    command->add_option("ORDER", words->order, "Number, card, e-mail or name")->required();
    command->add_option("--by", words->who, "Who does it")->required();
    command
        ->add_option("--reason", words->reason,
                     hide ? "One of the published ones: docs/lifecycle.md" : "Why")
        ->required();
    if (hide) command->add_option("--detail", words->detail, "More of it, kept");
    command->callback([words, &program] {
        program.chosen = [words](Call& call) -> Result<ExitCode> {
            auto home = open_home(call);
            if (!home) return home.error();
            auto order = records::hide_text(counter_of(*home), *words, system_clock().now());
            if (!order) return order.error();
            const std::string done = words->hide ? "hidden" : "shown";
            call.out.say("the text of " + order->get() + " is " + done + "; its score stays");
            call.out.line(nlohmann::ordered_json{{"order", order->get()}, {"text", done}}.dump());
            return ExitCode::Ok;
        };
    });
}

}  // namespace

void add_ratings_command(Program& program) {
    CLI::App* ratings = declare(program.parser, "ratings", "List, record and export what counts.",
                                "verso ratings list");
    ratings->require_subcommand(1);
    CLI::App* list = declare(*ratings, "list", "List the rating of each order that has one.",
                             "verso ratings list --json");
    list->callback([&program] { program.chosen = list_ratings; });
    add_record(*ratings, program);
    add_text(*ratings, program, true);
    add_text(*ratings, program, false);
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

// SPDX-License-Identifier: Apache-2.0
#include <fmt/format.h>

#include <CLI/CLI.hpp>
#include <ctime>
#include <memory>
#include <nlohmann/json.hpp>

#include "app/files.h"
#include "app/reading_score.h"
#include "app/wiring.h"
#include "scanner/image/image_loader.h"
#include "scanner/pipeline/read_card.h"

namespace verso::app {

namespace {

struct BenchRequest {
    std::string folder, layouts;
};

/// From --layouts, else from the home.
Result<std::vector<Layout>> known_layouts(const BenchRequest& request, Call& call) {
    if (!request.layouts.empty()) return load_layouts(request.layouts);
    auto home = open_home(call);
    if (!home) return home.error();
    auto book = LayoutBook::load(*home->store);
    if (!book) return book.error();
    return book->layouts();
}

/// Reads in this very process: what is measured is the reader, not its guards.
class BenchReader {
  public:
    explicit BenchReader(const std::vector<Layout>& layouts) : layouts_(layouts) {
        for (const Layout& layout : layouts_) options_.known.push_back(&layout);
    }

    Result<void> read(const LabelledPicture& picture, ReadingScore& score) const {
        const scanner::LoadLimits limits;
        auto bytes = read_file(picture.file, limits.file_bytes);
        if (!bytes) return bytes.error();
        std::vector<Reading> readings;
        const std::string name = picture.file.string();
        const std::clock_t start = std::clock();
        std::clock_t reading_time = 0;
        auto pages = scanner::load_pages(
            *bytes, name, limits, [&](int /*page*/, Result<scanner::GrayImage> image) {
                if (!image) return true;
                const std::clock_t decoded = std::clock();
                auto found = scanner::read_page(*image, lookup(), options_);
                reading_time += std::clock() - decoded;
                for (auto& reading : found) readings.push_back(std::move(reading));
                return true;
            });
        const std::clock_t whole = std::clock() - start;
        score.read_ms += 1000.0 * static_cast<double>(whole) / CLOCKS_PER_SEC;
        score.decode_ms += 1000.0 * static_cast<double>(whole - reading_time) / CLOCKS_PER_SEC;
        if (!pages) return pages.error();
        score.add(picture, readings);
        return {};
    }

  private:
    scanner::LayoutLookup lookup() const {
        return [this](LayoutNumber number) -> const Layout* {
            for (const Layout& layout : layouts_)
                if (layout.number == number) return &layout;
            return nullptr;
        };
    }

    const std::vector<Layout>& layouts_;
    scanner::ReadOptions options_;
};

nlohmann::ordered_json tally_json(const AnswerTally& tally) {
    return {{"right", tally.right}, {"review", tally.review}, {"wrong", tally.wrong}};
}

std::string score_json(const ReadingScore& score) {
    nlohmann::ordered_json questions = nlohmann::ordered_json::object();
    for (const auto& [question, tally] : score.questions) questions[question] = tally_json(tally);
    const int cards = std::max(1, score.cards.all());
    return nlohmann::ordered_json{
        {"pictures", score.pictures},
        {"cards", tally_json(score.cards)},
        {"straight", score.straight_share()},
        {"refused", score.refused},
        {"named", score.named},
        {"misnamed", score.misnamed},
        {"boxes", score.boxes},
        {"questions", questions},
        {"reasons", score.reasons},
        {"faults", score.faults},
        {"ms_per_card", score.read_ms / cards},
        {"ratio_to_decoding", score.decode_ms > 0 ? score.read_ms / score.decode_ms : 0}}
        .dump(-1, ' ', false, nlohmann::json::error_handler_t::replace);
}

void show(const ReadingScore& score, Output& out) {
    Table table({"question", ">right", ">review", ">wrong"});
    const auto add = [&](const std::string& name, const AnswerTally& tally) {
        table.add({name, std::to_string(tally.right), std::to_string(tally.review),
                   std::to_string(tally.wrong)});
    };
    for (const auto& [question, tally] : score.questions) add(question, tally);
    add("whole cards", score.cards);
    out.show(table);
    for (const auto& [reason, count] : score.reasons)
        out.say(fmt::format("review: {} for {}", count, reason));
    for (const auto& fault : score.faults) out.say("WRONG " + fault);
    out.say(fmt::format(
        "{} of {} cards straight through ({:.1f} %), {} wrong; identity right on "
        "{}, wrong on {}; {} boxes",
        score.cards.right - score.refused, score.cards.all() - score.refused,
        100 * score.straight_share(), score.cards.wrong, score.named, score.misnamed, score.boxes));
    out.say(fmt::format("{:.1f} ms of processor time for a card, {:.2f} times decoding alone",
                        score.read_ms / std::max(1, score.cards.all()),
                        score.decode_ms > 0 ? score.read_ms / score.decode_ms : 0));
}

Result<ExitCode> bench_read(const BenchRequest& request, Call& call) {
    auto layouts = known_layouts(request, call);
    if (!layouts) return layouts.error();
    auto labels = load_labels(request.folder);
    if (!labels) return labels.error();
    const BenchReader reader(*layouts);
    ReadingScore score;
    {
        Progress progress = call.out.progress("pictures read", labels->size());
        for (const auto& picture : *labels) {
            if (auto done = reader.read(picture, score); !done) {
                call.out.fail(done.error());
                score.add(picture, {});
            }
            progress.advance();
        }
    }
    call.out.line(score_json(score));
    show(score, call.out);
    return score.cards.wrong > 0 ? ExitCode::Partly : ExitCode::Ok;
}

}  // namespace

void add_bench_command(Program& program) {
    CLI::App* bench =
        declare(program.parser, "bench", "Measure this program.", "verso bench read scans");
    bench->require_subcommand(1);
    auto request = std::make_shared<BenchRequest>();
    CLI::App* read = declare(*bench, "read",
                             "Read labelled pictures and compare: right, review and wrong by "
                             "question and card, identity, speed. Exit code 16 when anything is "
                             "wrong. docs/formats/labelled-folder.md has the labels.",
                             "verso bench read scans --layouts layouts.jsonl");
    read->add_option("DIR", request->folder, "Pictures and their labels")->required();
    read->add_option("--layouts", request->layouts,
                     "Lines of: verso template regions NAME --json; default: the home's")
        ->type_name("FILE");
    read->callback([request, &program] {
        program.chosen = [request](Call& call) { return bench_read(*request, call); };
    });
}

}  // namespace verso::app

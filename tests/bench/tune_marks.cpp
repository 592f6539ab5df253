// SPDX-License-Identifier: Apache-2.0
// The experiment behind the thresholds of scanner/marks/mark_classifier.cpp: cards from the lab, by
// profile, read, and compared with what was marked.
//   verso_tune_marks CARDS [SEED] [PROFILE…]
// Prints for each profile how many were read straight through, every accepted answer that is wrong
// (there may be none), the chances of marked and of empty boxes, and the reasons for review; then,
// over all profiles, how well chance and count agree, and the weights that a logistic regression
// gives for scanner/marks/mark_model.cpp.
#include <fmt/format.h>

#include <algorithm>
#include <cstdlib>
#include <map>
#include <string>
#include <vector>

#include "core/domain/reading_json.h"
#include "scanner/codes/qr_search.h"
#include "scanner/lab/answer_sheet.h"
#include "scanner/lab/degrade.h"
#include "scanner/marks/mark_model.h"
#include "scanner/pipeline/card_judgement.h"
#include "scanner/pipeline/read_card.h"
#include "scanner/registration/card_registration.h"
#include "tests/bench/logistic_fit.h"
#include "tests/support/card_raster.h"

namespace {

using namespace verso;
using namespace verso::scanner;

std::vector<bench::Sample>& samples() {
    static std::vector<bench::Sample> all;
    return all;
}

/// The measures behind each box's chance, for the fit.
void collect(const GrayImage& image, const ReadRegion& region, const Answers& truth) {
    const auto code = QrSearch(image).next();
    if (!code) return;
    const auto placed = register_by_qr(image, region, *code);
    if (placed.fault || !placed.registration) return;
    Reading reading;
    const CardEvidence evidence = judge_card(image, region, *placed.registration, reading);
    if (evidence.measures.empty()) return;
    std::size_t box = 0;
    for (const auto& question : region.questions) {
        const auto said = truth.find(question.id);
        for (const auto& option : question.options) {
            bench::Sample sample;
            const auto features = mark_features(evidence.measures[box]);
            sample.x.assign(std::begin(features.values), std::end(features.values));
            sample.marked = said != truth.end() && said->second == option.value;
            sample.said = evidence.judgements[box].probability;
            samples().push_back(std::move(sample));
            ++box;
        }
    }
}

struct Tally {
    int cards = 0, accepted = 0, wrong = 0;
    std::vector<double> marked, empty;
    std::map<std::string, int> reasons;
};

double quantile(std::vector<double> values, double share) {
    if (values.empty()) return -1;
    std::sort(values.begin(), values.end());
    return values[std::size_t(share * double(values.size() - 1))];
}

void compare(const Reading& reading, const Answers& truth, const std::string& label, Tally& tally) {
    bool wrong = false;
    for (const auto& answer : reading.answers) {
        const auto said = truth.find(answer.question);
        const bool has = said != truth.end();
        wrong = wrong || answer.value.has_value() != has || (has && answer.value != said->second);
        const Question* question = test::sample_layout().cards[0].find_question(answer.question);
        for (std::size_t i = 0; i < answer.scores.size(); ++i) {
            const bool marked = has && question->options[i].value == said->second;
            (marked ? tally.marked : tally.empty).push_back(answer.scores[i]);
        }
    }
    for (const auto& reason : reading.reasons) {
        const auto cause = reason.detail.find(": ");
        const std::string text =
            cause == std::string::npos ? reason.detail : reason.detail.substr(cause + 2);
        ++tally.reasons[fmt::format("{}: {}", to_string(reason.code), text)];
    }
    if (reading.verdict != Verdict::Accepted) {
        if (std::getenv("VERSO_SHOW") != nullptr) fmt::print("{} {}\n", label, to_json(reading));
        return;
    }
    ++tally.accepted;
    if (!wrong) return;
    ++tally.wrong;
    fmt::print("WRONG {} {}\n", label, to_json(reading));
}

void read_one(const lab::Profile& profile, std::uint64_t seed, Tally& tally) {
    constexpr double kDpis[] = {200, 300};
    const double dpi = profile.name == "fax" ? 200 : kDpis[seed % 2];
    const auto& region = test::sample_layout().cards[0];
    test::CardPicture card(300, test::sample_identity(seed));
    GrayImage page = card.picture();
    const double scale = 300 / kMmPerInch;
    const Homography map({scale, 0, -region.box.x.value * scale - 0.5, 0, scale,
                          -region.box.y.value * scale - 0.5, 0, 0, 1});
    const auto filled = lab::random_answers(region, seed);
    lab::fill_card(page, map, region, filled, lab::usual_styles(), lab::pens()[seed % 5], seed);
    const auto scan = lab::degrade(page, map, region.box, profile, dpi, seed);
    if (const char* folder = std::getenv("VERSO_DEBUG_DIR")) {
        ReadOptions shown;
        shown.debug_dir = folder;
        shown.name = fmt::format("{}-{}", profile.name, seed);
        read_page(
            scan.image, [](LayoutNumber) { return &test::sample_layout(); }, shown);
    }
    collect(scan.image, region, filled.answers);
    ReadOptions options;
    options.known = {&test::sample_layout()};
    const auto readings = read_page(
        scan.image, [](LayoutNumber) { return &test::sample_layout(); }, options);
    ++tally.cards;
    const std::string label =
        fmt::format("{} seed {} {}", profile.name, seed, lab::pens()[seed % 5].name);
    for (const auto& reading : readings) compare(reading, filled.answers, label, tally);
}

void print(std::string_view profile, const Tally& t) {
    fmt::print("{}: {} cards, {} straight through ({:.1f} %), {} wrong\n", profile, t.cards,
               t.accepted, 100.0 * t.accepted / t.cards, t.wrong);
    fmt::print("  marked boxes {}: lowest chance {:.4f}, 0.1 % {:.4f}, 1 % {:.4f}, 5 % {:.4f}\n",
               t.marked.size(), quantile(t.marked, 0), quantile(t.marked, 0.001),
               quantile(t.marked, 0.01), quantile(t.marked, 0.05));
    fmt::print("  empty boxes {}: highest chance {:.4f}, 99.9 % {:.4f}, 99 % {:.4f}\n",
               t.empty.size(), quantile(t.empty, 1), quantile(t.empty, 0.999),
               quantile(t.empty, 0.99));
    for (const auto& [reason, count] : t.reasons) fmt::print("    {:4} {}\n", count, reason);
}

}  // namespace

int main(int argc, char** argv) {
    const int cards = argc > 1 ? std::atoi(argv[1]) : 100;
    const int first = argc > 2 ? std::atoi(argv[2]) : 1;
    std::vector<std::string> names;
    for (int i = 3; i < argc; ++i) names.emplace_back(argv[i]);
    if (names.empty()) names = {"clean", "feeder", "phone", "fax", "damaged"};
    int wrong = 0;
    for (const auto& name : names) {
        const lab::Profile* profile = lab::find_profile(name);
        if (profile == nullptr) continue;
        Tally tally;
        for (int seed = first; seed < first + cards; ++seed) {
            read_one(*profile, std::uint64_t(seed), tally);
        }
        print(name, tally);
        wrong += tally.wrong;
    }
    bench::print_reliability(samples());
    bench::print_weights(bench::fit(samples()));
    return wrong == 0 ? 0 : 1;
}

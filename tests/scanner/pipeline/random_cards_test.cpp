// SPDX-License-Identifier: Apache-2.0
// Seeded random cards, marked with random pens and scanned badly: whatever is accepted must be
// exactly what was marked. VERSO_CASES and VERSO_SEED choose how many and from where.
#include "core/domain/reading_json.h"
#include "scanner/pipeline/read_card.h"
#include "tests/support/card_raster.h"

#include <gtest/gtest.h>

#include <cstdlib>
#include <iostream>
#include <map>
#include <random>

namespace verso::scanner {
namespace {

using test::CardPicture;
using test::Pen;
using test::Scan;

int from_environment(const char* name, int fallback) {
    const char* text = std::getenv(name);
    return text == nullptr ? fallback : std::atoi(text);
}

struct Case {
    std::map<std::string, int> marked;
    GrayImage image;
    double dpi;
};

class Dice {
  public:
    explicit Dice(std::uint64_t seed) : random_(seed) {}
    double between(double low, double high) {
        return std::uniform_real_distribution<double>(low, high)(random_);
    }
    int below(int n) { return int(random_() % std::uint64_t(n)); }
    bool chance(double p) { return between(0, 1) < p; }

  private:
    std::mt19937_64 random_;
};

test::Stroke random_stroke(Dice& dice) {
    constexpr Pen kPens[] = {Pen::Fill, Pen::Cross, Pen::Tick, Pen::Slash, Pen::Scribble};
    return {kPens[dice.below(5)], dice.between(0.3, 0.8), dice.between(0.3, 0.95)};
}

Case make_case(std::uint64_t seed) {
    Dice dice(seed);
    constexpr double kDpis[] = {150, 200, 300, 300, 400};
    Case out{{}, {}, kDpis[dice.below(5)]};
    CardPicture card(out.dpi, test::sample_identity(seed));
    for (const auto& question : test::sample_layout().cards[0].questions) {
        if (!dice.chance(question.kind == QuestionKind::Tick ? 0.5 : 0.9)) continue;
        const auto& option =
            question.options[std::size_t(dice.below(int(question.options.size())))];
        out.marked[question.id] = option.value;
        card.mark(question.id, option.value, random_stroke(dice));
    }
    if (dice.chance(0.3)) card.write_comment();
    if (dice.chance(0.15)) card.hide_fiducial(std::size_t(dice.below(3)));
    if (dice.chance(0.1)) card.hide_code(CodeKind::Qr);
    if (dice.chance(0.1)) {
        card.streak(Mm{dice.between(50, 98)}, dice.between(1, 5), dice.between(0.2, 1));
    }
    Scan scan{dice.between(-6, 6), dice.between(0.94, 1.03), dice.between(0, 10)};
    scan.background = dice.chance(0.5) ? 255 : dice.below(256);
    if (dice.chance(0.2)) scan.tilt = dice.between(0, 20);
    scan.blur = dice.between(0, out.dpi / 300 * 1.2);
    scan.noise = dice.between(0, 8);
    scan.contrast = dice.between(0.45, 1);
    scan.seed = seed;
    out.image = test::quarter_turned(card.scanned(scan), dice.below(4));
    return out;
}

std::map<std::string, int> answers_of(const Reading& reading) {
    std::map<std::string, int> out;
    for (const auto& answer : reading.answers) {
        if (answer.value) out[answer.question] = *answer.value;
    }
    return out;
}

TEST(RandomCards, NothingWrongIsAccepted) {
    const int cases = from_environment("VERSO_CASES", 24);
    const int first = from_environment("VERSO_SEED", 1);
    const auto layouts = [](LayoutNumber) { return &test::sample_layout(); };
    ReadOptions options;
    options.known = {&test::sample_layout()};
    int accepted = 0, should_pass = 0;
    std::map<std::string, int> reasons;
    for (int seed = first; seed < first + cases; ++seed) {
        const Case card = make_case(std::uint64_t(seed));
        const auto readings = read_page(card.image, layouts, options);
        ASSERT_EQ(readings.size(), 1u) << "seed " << seed;
        const Reading& reading = readings.front();
        should_pass += card.marked.contains("overall") ? 1 : 0;
        if (reading.verdict == Verdict::Accepted) {
            ++accepted;
            EXPECT_EQ(reading.card, test::sample_identity(std::uint64_t(seed)).id) << seed;
            EXPECT_EQ(answers_of(reading), card.marked) << "seed " << seed << to_json(reading);
        } else if (card.marked.contains("overall")) {
            for (const auto& r : reading.reasons) {
                ++reasons[std::string(to_string(r.code)) + ": " + r.detail];
            }
        }
    }
    std::cout << "seeds " << first << " to " << first + cases - 1 << ": " << accepted << " of "
              << should_pass << " rated cards straight through\n";
    for (const auto& [reason, count] : reasons) std::cout << "  " << count << " " << reason << '\n';
    EXPECT_GT(accepted, should_pass / 2);
}

}  // namespace
}  // namespace verso::scanner

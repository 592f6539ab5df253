// SPDX-License-Identifier: Apache-2.0
// The experiment behind the thresholds of core/domain/piece.cpp: cards from the lab, each scanned
// twice (one piece), and copies of them that another or the same hand marked alike (two pieces).
//   verso_pieces CARDS [SEED] [--dump FILE] [--style filled|scribble|cross|tick|slash|loop]
// Prints how often each was called same, different and unsure, by what the hand did.
#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <cstdlib>
#include <fstream>
#include <map>
#include <optional>
#include <string>

#include "core/domain/piece.h"
#include "scanner/lab/answer_sheet.h"
#include "scanner/lab/degrade.h"
#include "scanner/pipeline/read_card.h"
#include "tests/support/card_raster.h"

namespace {

using namespace verso;
using namespace verso::scanner;

/// An office copier between the hand and the feeder.
lab::Profile photocopy() {
    lab::Profile profile = lab::feeder();
    profile.name = "photocopy";
    profile.blur_px = {0.7, 1.2};
    profile.contrast = {1.3, 1.8};
    profile.specks = {5, 40};
    return profile;
}

/// How a fill is drawn: the same answers, another hand or another time.
struct Hand {
    lab::StyleMix styles;
    const lab::Pen* pen;
    std::uint64_t seed;
};

struct Experiment {
    std::uint64_t seed;
    lab::FilledCard filled;

    GrayImage page(const Hand& hand, Homography& map) const {
        const auto& region = test::sample_layout().cards[0];
        test::CardPicture card(300, test::sample_identity(seed));
        GrayImage picture = card.picture();
        const double scale = 300 / kMmPerInch;
        map = Homography({scale, 0, -region.box.x.value * scale - 0.5, 0, scale,
                          -region.box.y.value * scale - 0.5, 0, 0, 1});
        lab::fill_card(picture, map, region, filled, hand.styles, *hand.pen, hand.seed);
        return picture;
    }
};

std::string piece_of(const GrayImage& page, const Homography& map, const lab::Profile& profile,
                     std::uint64_t seed) {
    const auto& region = test::sample_layout().cards[0];
    const double dpi = profile.name == "fax" ? 200 : seed % 2 == 0 ? 200 : 300;
    const auto scan = lab::degrade(page, map, region.box, profile, dpi, seed);
    ReadOptions options;
    options.known = {&test::sample_layout()};
    const auto readings = read_page(
        scan.image, [](LayoutNumber) { return &test::sample_layout(); }, options);
    return readings.empty() || readings[0].answers.empty() ? "" : readings[0].piece;
}

struct Run {
    std::ofstream dump;
    std::optional<std::size_t> style;  ///< default: one after the other
    std::map<std::string, std::array<int, 3>> counts;

    void pair(const std::string& label, const std::string& a, const std::string& b) {
        if (a.empty() || b.empty()) return;
        ++counts[label].at(std::size_t(compare_pieces(a, b)));
        if (dump.is_open()) dump << label << ' ' << a << ' ' << b << '\n';
    }
};

constexpr std::size_t kStyles = 6;  // all but the dot

void run_one(std::uint64_t seed, Run& run) {
    static const std::array<lab::Profile, 5> profiles{lab::clean(), lab::feeder(), lab::phone(),
                                                      lab::fax(), photocopy()};
    Experiment experiment{seed, lab::random_answers(test::sample_layout().cards[0], seed)};
    const std::size_t style = run.style.value_or(seed % kStyles);
    const lab::Pen& pen = lab::pens()[seed % 5];
    const lab::Profile& second = profiles[seed % profiles.size()];
    const lab::Profile& first = profiles[seed / 5 % 2];
    const std::string name(to_string(lab::kMarkStyles[style]));
    const Hand hand{lab::only(lab::kMarkStyles[style]), &pen, seed};
    const Hand again{hand.styles, &pen, seed + 1'000'003};
    Homography map;
    const GrayImage page = experiment.page(hand, map);
    const std::string a = piece_of(page, map, first, seed * 7 + 1);
    const std::string b = piece_of(page, map, second, seed * 7 + 2);
    const std::string c = piece_of(experiment.page(again, map), map, second, seed * 7 + 3);
    run.pair(fmt::format("one/{}/{}", name, second.name), a, b);
    run.pair(fmt::format("two/{}/{}", name, second.name), a, c);
}

}  // namespace

int main(int argc, char** argv) {
    const int cards = argc > 1 ? std::atoi(argv[1]) : 100;
    const int first = argc > 2 ? std::atoi(argv[2]) : 1;
    Run run;
    for (int i = 3; i + 1 < argc; ++i) {
        const std::string option = argv[i], value = argv[i + 1];
        if (option == "--dump") run.dump.open(value);
        for (std::size_t style = 0; option == "--style" && style < kStyles; ++style) {
            if (to_string(lab::kMarkStyles[style]) == value) run.style = style;
        }
    }
    for (int seed = first; seed < first + cards; ++seed) run_one(std::uint64_t(seed), run);
    int merged = 0;
    for (const auto& [label, counts] : run.counts) {
        fmt::print("{:30} same {:5} different {:5} unsure {:5}\n", label, counts[0], counts[1],
                   counts[2]);
        if (label.starts_with("two/")) merged += counts[0];
    }
    return merged == 0 ? 0 : 1;
}

// SPDX-License-Identifier: Apache-2.0
// verso_nightly CARDS SEED [--jobs N] [--keep FOLDER] [--minutes N]: every condition of the lab
// with every kind of writer on several templates, as the robustness matrix of
// docs/reading-a-card.md in Markdown. The whole run is 75,000 cards: 1,500,000 mark boxes and more.
// After so many minutes it ends with what it has: the conditions take turns. Not part of ctest.
// Ends with 1 when any answer was accepted wrong.
#include <fmt/format.h>

#include <chrono>
#include <cstdlib>
#include <map>
#include <string>

#include "tests/roundtrip/farm.h"

namespace {

namespace lab = verso::scanner::lab;
using verso::test::RoundTripResult;
using verso::test::RoundTripSetup;

constexpr const char* kTemplates[] = {"a4-fold", "letter-fold", "a6-card", "a4-duplex",
                                      "a4-integrated"};

/// A row of the matrix, made of one setup for each template.
struct Cell {
    std::string profile, styles;
    double weight;
};

/// The machines that people have, three times as often as each single harm.
std::vector<Cell> cells() {
    std::vector<Cell> all;
    int row = 0;
    for (const auto& profile : lab::profiles()) {
        const std::string name(profile.name);
        const bool common = row++ < 6;
        const double weight = common ? 3 : name == "dpi600" ? 0.3 : 1;
        if (common) all.push_back({name, "filled", weight});
        all.push_back({name, "mixed", weight});
        all.push_back({name, "hard", weight});
    }
    for (const char* name : {"clean", "feeder", "phone", "fax"})
        all.push_back({name, "corrected", 1});
    return all;
}

std::vector<RoundTripSetup> make_setups(const std::vector<Cell>& all, int cards, std::uint64_t seed,
                                        const std::string& keep) {
    double weights = 0;
    for (const Cell& cell : all) weights += cell.weight;
    std::vector<RoundTripSetup> setups;
    for (const Cell& cell : all) {
        for (const char* name : kTemplates) {
            RoundTripSetup setup;
            setup.template_name = name;
            setup.profile = *lab::find_profile(cell.profile);
            setup.styles = *lab::find_styles(cell.styles);
            setup.seed = seed + setups.size();
            setup.cards = std::max(
                1, int(0.999 + cards * cell.weight / weights / double(std::size(kTemplates))));
            setup.keep_folder = keep;
            setups.push_back(setup);
        }
    }
    return setups;
}

void print_row(const std::string& name, const std::string& styles, const RoundTripResult& r) {
    fmt::print("| {} | {} | {} | {} | {:.1f} | {:.1f} | {} |\n", name, styles, r.cards, r.positions,
               100 * r.straight_share(), r.cards == 0 ? 0 : 100.0 * r.nameless / r.cards, r.wrong);
}

void print_matrix(const std::vector<Cell>& all, const std::vector<RoundTripResult>& results) {
    RoundTripResult sum;
    fmt::print("| condition | marks | cards | boxes | straight % | no identity % | wrong |\n");
    fmt::print("|---|---|---|---|---|---|---|\n");
    for (std::size_t i = 0; i < all.size(); ++i) {
        RoundTripResult cell;
        for (std::size_t k = 0; k < std::size(kTemplates); ++k)
            cell.add(results.at(i * std::size(kTemplates) + k));
        print_row(all[i].profile, all[i].styles, cell);
        sum.add(cell);
    }
    print_row("all", "", sum);
    fmt::print("\nRead in {:.1f} ms of processor time on average, {:.0f} at most. Reviewed for:",
               sum.read_ms / std::max(1, sum.cards), sum.slowest_ms);
    for (const auto& [reason, count] : sum.reasons) fmt::print(" {} {},", reason, count);
    fmt::print("\n");
    for (std::size_t i = 0; i < results.size(); ++i) {
        const Cell& cell = all.at(i / std::size(kTemplates));
        for (const auto& fault : results[i].faults) {
            fmt::print("- WRONG {} {} {}: {}\n", cell.profile, cell.styles,
                       kTemplates[i % std::size(kTemplates)], fault);
        }
    }
}

}  // namespace

int main(int argc, char** argv) {
    if (argc < 3) {
        fmt::print(stderr,
                   "usage: verso_nightly CARDS SEED [--jobs N] [--keep FOLDER] [--minutes N]\n");
        return 2;
    }
    const int cards = std::atoi(argv[1]);
    const std::uint64_t seed = std::strtoull(argv[2], nullptr, 10);
    std::map<std::string, std::string> options;
    for (int i = 3; i + 1 < argc; i += 2) options[argv[i]] = argv[i + 1];
    const auto number = [&](const char* name, int usual) {
        return options.count(name) != 0 ? std::atoi(options[name].c_str()) : usual;
    };
    const int jobs = number("--jobs", 2);
    const std::chrono::minutes most(number("--minutes", 24 * 60));

    const auto all = cells();
    const auto setups = make_setups(all, cards, seed, options["--keep"]);
    const auto start = std::chrono::steady_clock::now();
    int done = 0, wrong = 0;
    std::vector<int> before(setups.size(), 0);
    const auto results =
        verso::test::run_farm(setups, jobs, [&](std::size_t setup, const RoundTripResult& so_far) {
            done += so_far.cards - before.at(setup);
            before.at(setup) = so_far.cards;
            fmt::print(stderr, "\r{} cards ", done);
            return std::chrono::steady_clock::now() - start < most;
        });
    const std::chrono::duration<double> seconds = std::chrono::steady_clock::now() - start;
    for (const auto& result : results) wrong += result.wrong;
    fmt::print(stderr, "\n");
    fmt::print("Seed {}, {} cards in {:.0f} s by {} processes: {:.1f} cards/s.\n\n", seed, done,
               seconds.count(), jobs, done / seconds.count());
    print_matrix(all, results);
    return wrong == 0 ? 0 : 1;
}

// SPDX-License-Identifier: Apache-2.0
// verso_roundtrip CARDS SEED PROFILES [STYLES] [KEEP_FOLDER] [TEMPLATE] [--jobs N]: the round trip
// at any size, as a table. PROFILES and STYLES are names with commas between, or "all" profiles.
// A fault's number and the same arguments bring its card back; KEEP_FOLDER gets the pictures of all
// cards that were not read straight through ("-": none).
#include <fmt/format.h>

#include <cstdlib>
#include <optional>
#include <sstream>
#include <string>

#include "tests/roundtrip/farm.h"

namespace {

namespace lab = verso::scanner::lab;
using verso::test::RoundTripResult;
using verso::test::RoundTripSetup;

std::vector<std::string> names_in(const std::string& list) {
    std::vector<std::string> names;
    std::istringstream in(list);
    for (std::string name; std::getline(in, name, ',');) names.push_back(name);
    return names;
}

struct Arguments {
    int cards = 0, jobs = 1;
    std::uint64_t seed = 0;
    std::vector<std::string> profiles, styles;
    std::string folder, template_name = "a4-fold";
};

std::optional<Arguments> parse(std::vector<std::string> words) {
    Arguments arguments;
    for (std::size_t i = 0; i + 1 < words.size(); ++i) {
        if (words[i] != "--jobs") continue;
        arguments.jobs = std::atoi(words[i + 1].c_str());
        words.erase(words.begin() + long(i), words.begin() + long(i) + 2);
    }
    if (words.size() < 3) return std::nullopt;
    words.resize(6);
    arguments.cards = std::atoi(words[0].c_str());
    arguments.seed = std::strtoull(words[1].c_str(), nullptr, 10);
    arguments.profiles = names_in(words[2]);
    if (words[2] == "all") {
        arguments.profiles.clear();
        for (const auto& profile : lab::profiles()) arguments.profiles.emplace_back(profile.name);
    }
    arguments.styles = names_in(words[3].empty() ? "mixed" : words[3]);
    if (words[4] != "-") arguments.folder = words[4];
    if (!words[5].empty()) arguments.template_name = words[5];
    return arguments;
}

/// Nothing when a name is of no profile or style.
std::optional<std::vector<RoundTripSetup>> setups_of(const Arguments& arguments) {
    std::vector<RoundTripSetup> setups;
    for (const auto& profile : arguments.profiles) {
        for (const auto& style : arguments.styles) {
            const auto* found = lab::find_profile(profile);
            const auto styles = lab::find_styles(style);
            if (found == nullptr || !styles) {
                fmt::print(stderr, "no such profile or style: {} {}\n", profile, style);
                return std::nullopt;
            }
            RoundTripSetup setup;
            setup.template_name = arguments.template_name;
            setup.cards = arguments.cards;
            setup.seed = arguments.seed;
            setup.profile = *found;
            setup.styles = *styles;
            setup.keep_folder = arguments.folder;
            setups.push_back(setup);
        }
    }
    return setups;
}

void print(const std::string& name, const RoundTripResult& r) {
    const int cards = std::max(r.cards, 1);
    fmt::print(
        "{:22} cards {:5}  positions {:6}  straight {:6.2f} %  review {:4}  wrong {:2}  nameless "
        "{:3}  read {:5.2f} ms (most {:.0f})  confidence {:.4f}\n",
        name, r.cards, r.positions, 100 * r.straight_share(), r.review, r.wrong, r.nameless,
        r.read_ms / cards, r.slowest_ms, r.mean_confidence());
    for (const auto& [reason, count] : r.reasons) fmt::print("    {:5} {}\n", count, reason);
    for (const auto& fault : r.faults) fmt::print("  WRONG {}\n", fault);
}

}  // namespace

int main(int argc, char** argv) {
    const auto arguments = parse({argv + 1, argv + argc});
    if (!arguments) {
        fmt::print(stderr,
                   "usage: verso_roundtrip CARDS SEED PROFILES [STYLES] [FOLDER] [TEMPLATE] "
                   "[--jobs N]\nPROFILES: all");
        for (const auto& profile : lab::profiles()) fmt::print(stderr, " {}", profile.name);
        fmt::print(stderr, "\nSTYLES: filled mixed hard corrected, a mark or a pen\n");
        return 2;
    }
    const auto setups = setups_of(*arguments);
    if (!setups) return 2;
    const auto results = verso::test::run_farm(*setups, arguments->jobs);
    int wrong = 0;
    for (std::size_t i = 0; i < results.size(); ++i) {
        const auto& profile = arguments->profiles.at(i / arguments->styles.size());
        const auto& style = arguments->styles.at(i % arguments->styles.size());
        print(profile + " " + style, results[i]);
        wrong += results[i].wrong;
    }
    return wrong == 0 ? 0 : 1;
}

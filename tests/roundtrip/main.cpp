// SPDX-License-Identifier: Apache-2.0
// verso_roundtrip CARDS SEED PROFILE [STYLE] [KEEP_FOLDER] [TEMPLATE]: the round trip at any size,
// as a table.
// STYLE is a mark style or "usual".
#include <fmt/format.h>

#include <cstdlib>
#include <string>

#include "tests/roundtrip/roundtrip.h"

namespace {

namespace lab = verso::scanner::lab;

lab::StyleMix styles_of(const std::string& name) {
    for (lab::MarkStyle style : lab::kMarkStyles) {
        if (name == lab::to_string(style)) return lab::only(style);
    }
    return lab::usual_styles();
}

void print(const verso::test::RoundTripResult& result) {
    fmt::print(
        "cards {}  positions {}  straight through {:.2f} %  review {}  wrong {}  read {:.2f} "
        "ms/card\n",
        result.cards, result.positions, 100 * result.straight_share(), result.review, result.wrong,
        result.read_ms / std::max(result.cards, 1));
    for (const auto& [reason, count] : result.reasons) fmt::print("  {:5} {}\n", count, reason);
    for (const auto& fault : result.faults) fmt::print("  WRONG {}\n", fault);
}

}  // namespace

int main(int argc, char** argv) {
    const lab::Profile* profile = argc >= 4 ? lab::find_profile(argv[3]) : nullptr;
    if (profile == nullptr) {
        fmt::print(
            stderr,
            "usage: verso_roundtrip CARDS SEED clean|feeder|phone|fax|damaged [STYLE] [FOLDER] "
            "[TEMPLATE]\n");
        return 2;
    }
    verso::test::RoundTripSetup setup;
    setup.cards = std::atoi(argv[1]);
    setup.seed = std::strtoull(argv[2], nullptr, 10);
    setup.profile = *profile;
    setup.styles = styles_of(argc >= 5 ? argv[4] : "usual");
    if (argc >= 6) setup.keep_folder = argv[5];
    if (argc >= 7) setup.template_name = argv[6];
    const auto result = verso::test::run_round_trip(setup);
    if (!result) {
        fmt::print(stderr, "{}\n", result.error().text());
        return 1;
    }
    print(*result);
    return result->wrong == 0 ? 0 : 1;
}

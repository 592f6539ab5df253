// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <map>
#include <string>
#include <vector>

#include "core/util/result.h"
#include "scanner/lab/profile.h"
#include "scanner/lab/style_set.h"

namespace verso::test {

/// What goes round: orders printed to a real PDF, rasterised by poppler, marked, degraded, encoded
/// as the machine's file, decoded and read.
struct RoundTripSetup {
    std::string template_name = "a4-fold";
    int first = 0;  ///< number of the first card: cards FIRST … FIRST + CARDS - 1 of the seed
    int cards = 100;
    std::uint64_t seed = 1;
    scanner::lab::Profile profile;
    scanner::lab::StyleSet styles = scanner::lab::mixed_styles();
    std::vector<int> dpis;    ///< taken in turn; default empty: the profile's
    int cards_per_page = 8;   ///< a printed page is marked that often, each time afresh
    std::string keep_folder;  ///< where pictures of wrong or reviewed cards go; default nowhere
};

struct RoundTripResult {
    int cards = 0, straight = 0, review = 0, wrong = 0;
    int misnamed = 0;                    ///< under another identity, accepted or not; also wrong
    int nameless = 0;                    ///< no identity found
    int positions = 0;                   ///< mark boxes judged
    double read_ms = 0;                  ///< processor time of decoding and reading, all cards
    double slowest_ms = 0;               ///< of one card
    double confidence = 0;               ///< sum over the answers that are right
    int right_answers = 0;               ///< of the cards read straight through
    std::map<std::string, int> reasons;  ///< reviewed cards that have it
    std::vector<std::string> faults;     ///< one sentence for each wrong card, with its number

    double straight_share() const { return cards == 0 ? 0 : double(straight) / cards; }
    double mean_confidence() const { return right_answers == 0 ? 0 : confidence / right_answers; }
    void add(const RoundTripResult& other);
};

/// Runs it. Wrong: accepted with anything but exactly what was marked (of a struck-out mark and
/// another: the other), or under another identity.
Result<RoundTripResult> run_round_trip(const RoundTripSetup& setup);

}  // namespace verso::test

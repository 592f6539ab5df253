// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <map>
#include <string>
#include <vector>

#include "core/util/result.h"
#include "scanner/lab/answer_sheet.h"
#include "scanner/lab/profile.h"

namespace verso::test {

/// What goes round: orders printed to a real PDF, rasterised by poppler, marked, degraded, encoded
/// as JPEG, decoded and read.
struct RoundTripSetup {
    std::string template_name = "a4-fold";
    int cards = 100;
    std::uint64_t seed = 1;
    scanner::lab::Profile profile;
    scanner::lab::StyleMix styles;
    std::vector<int> dpis{200, 300};  ///< taken in turn
    std::string keep_folder;  ///< where pictures of wrong or reviewed cards go; default nowhere
};

struct RoundTripResult {
    int cards = 0, straight = 0, review = 0, wrong = 0;
    int positions = 0;                   ///< mark boxes judged
    double read_ms = 0;                  ///< processor time of decoding and reading, all cards
    std::map<std::string, int> reasons;  ///< of the cards in review
    std::vector<std::string> faults;     ///< one sentence for each wrong card, with its seed

    double straight_share() const { return cards == 0 ? 0 : double(straight) / cards; }
};

/// Runs it. Wrong: accepted with anything but exactly what was marked, or under another identity.
Result<RoundTripResult> run_round_trip(const RoundTripSetup& setup);

}  // namespace verso::test

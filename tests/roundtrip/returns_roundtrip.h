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

/// Return sheets on their way round, as roundtrip.h has it for cards: printed with the rows of
/// random orders, rows marked, degraded, read.
struct ReturnsSetup {
    std::string template_name = "a4-fold";
    int sheets = 40;
    std::uint64_t seed = 1;
    scanner::lab::Profile profile;
    scanner::lab::StyleMix styles;
    std::vector<int> dpis{200, 300};  ///< taken in turn
    bool whole_page = false;          ///< not cut out: the page as it was printed
    std::string keep_folder;  ///< where sheets go that did not come through; default nowhere
};

struct ReturnsResult {
    int sheets = 0, straight = 0, review = 0, wrong = 0, positions = 0;
    double read_ms = 0;
    std::map<std::string, int> reasons;  ///< code and detail, of the sheets in review
    std::vector<std::string> faults;     ///< one sentence for each wrong sheet, with its seed

    double straight_share() const { return sheets == 0 ? 0 : double(straight) / sheets; }
};

/// Runs it. Wrong: accepted with anything but exactly what was marked, with rows that were not
/// printed, or under another identity, side or sheet.
Result<ReturnsResult> run_returns(const ReturnsSetup& setup);

}  // namespace verso::test

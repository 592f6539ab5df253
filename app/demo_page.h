// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string>
#include <vector>

#include "app/demo_cards.h"
#include "records/lifecycle/intake.h"

namespace verso::app {

/// One returned card with what became of it.
struct DemoResult {
    ReturnedCard card;
    Reading reading;
    bool wrong = false;   ///< accepted with another answer than was marked: must never be
    std::string overlay;  ///< file in overlays(); empty when none was made
};

/// The numbers that the demo ends with.
struct DemoSummary {
    std::int64_t orders = 0;
    std::size_t printed = 0, read = 0, straight_through = 0, in_review = 0, wrong = 0;
    double mean = 0;             ///< of the ratings; 0 without one
    std::vector<int> histogram;  ///< how many ratings of 1, 2 … 5
};

/// One static page that shows sheets, scans and what the reader saw side by side; all links are
/// relative to the demo's folder, and nothing runs in it.
std::string format_demo_page(const DemoSummary& summary, const std::vector<DemoResult>& shown,
                             const std::string& shop);

}  // namespace verso::app

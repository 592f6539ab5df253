// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "scanner/pipeline/card_judgement.h"
#include "scanner/pipeline/read_card.h"
#include "scanner/sides/printed_boxes.h"

namespace verso::scanner {

/// What all stages of one page work with; all of it outlives them.
struct PageContext {
    const GrayImage& image;
    const LayoutLookup& layouts;
    const ReadOptions& options;
};

/// One card on its way through the stages.
struct CardCase {
    Reading reading;
    CardEvidence evidence;
    std::optional<FoundCode> code;  ///< the QR by which it was found
    bool placed = false;            ///< its registration is good enough to judge marks by
    std::shared_ptr<const PrintedBoxes> printed;  ///< of a return sheet: what evidence points into
};

/// The cards of one page as they are found, and what else was seen on the way.
struct PageFindings {
    std::vector<CardCase> cards;
    std::vector<FoundCode> codes;
    std::string foreign;  ///< text of the last code that is no card link
    std::string stopped;  ///< why the search for codes ended early; empty when it did not
};

/// Judges a card or return sheet that was placed, or was not: takes the second code's word, then
/// marks and fields, and leaves reasons and verdict in `card.reading`. `region` is one of the
/// layout's.
void judge_case(const PageContext& page, CardCase& card, const Layout& layout,
                const ReadRegion& region, const RegistrationOutcome& outcome);

/// A card by a layout that this home never printed: nothing on it can be judged.
CardCase case_without_layout(Reading reading, LayoutNumber layout);

}  // namespace verso::scanner

// SPDX-License-Identifier: Apache-2.0
#include "scanner/pipeline/fiducial_route.h"

#include <fmt/format.h>

#include "scanner/registration/fiducial_match.h"

namespace verso::scanner {

namespace {

Reading reading_of(const KeyedCard& keyed) {
    Reading reading;
    reading.card = keyed.card;
    reading.layout = keyed.layout;
    reading.identified_by = IdentifiedBy::Keyed;
    return reading;
}

std::optional<CardCase> read_layout(const PageContext& page, const Layout& layout,
                                    const std::vector<PxPoint>& candidates) {
    for (const auto& region : layout.cards) {
        const auto outcome = register_by_fiducials(page.image, region, candidates);
        if (!outcome.registration) continue;
        CardCase card;
        if (page.options.keyed) card.reading = reading_of(*page.options.keyed);
        judge_case(page, card, layout, region, outcome);
        return card;
    }
    return std::nullopt;
}

/// Without a QR any layout of the home may be it. One whose second code names another layout is
/// read again by that one.
void read_layouts(const PageContext& page, const std::vector<const Layout*>& layouts,
                  PageFindings& found) {
    const auto candidates = fiducial_candidates(page.image);
    for (const Layout* layout : layouts) {
        auto card = layout == nullptr ? std::nullopt : read_layout(page, *layout, candidates);
        if (!card) continue;
        const auto named = card->reading.layout;
        if (named && *named != layout->number) {
            const Layout* right = page.layouts(*named);
            auto again = right == nullptr ? std::nullopt : read_layout(page, *right, candidates);
            if (again) {
                card = std::move(again);
            } else {
                card->reading.reject(RejectionCode::UnknownLayout, "",
                                     fmt::format("layout {} was never printed here", named->get()));
            }
        }
        found.cards.push_back(std::move(*card));
        return;
    }
}

}  // namespace

void read_by_fiducials(const PageContext& page, PageFindings& found) {
    read_layouts(page, page.options.known, found);
}

void read_keyed(const PageContext& page, const KeyedCard& keyed, PageFindings& found) {
    const Layout* layout = page.layouts(keyed.layout);
    if (layout != nullptr) {
        read_layouts(page, {layout}, found);
    } else {
        found.cards.push_back(case_without_layout(reading_of(keyed), keyed.layout));
    }
}

}  // namespace verso::scanner

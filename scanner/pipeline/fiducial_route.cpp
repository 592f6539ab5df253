// SPDX-License-Identifier: Apache-2.0
#include "scanner/pipeline/fiducial_route.h"

#include <fmt/format.h>

#include <algorithm>

#include "scanner/pipeline/matrix_route.h"
#include "scanner/pipeline/page_room.h"
#include "scanner/registration/fiducial_match.h"

namespace verso::scanner {

namespace {

constexpr int kMostPieces = 12;  // of one image: a flatbed holds eight cards

Reading reading_of(const KeyedCard& keyed) {
    Reading reading;
    reading.card = keyed.card;
    reading.layout = keyed.layout;
    reading.identified_by = IdentifiedBy::Keyed;
    return reading;
}

/// A region that the dark squares of the image fit, and what its second code says.
struct Fit {
    const Layout* layout = nullptr;
    const ReadRegion* region = nullptr;
    RegistrationOutcome outcome;
    std::optional<SideMark> mark;
};

std::optional<Fit> fit_region(const PageContext& page, const Layout& layout,
                              const ReadRegion& region,
                              const std::vector<SquareCandidate>& candidates) {
    Fit fit{&layout, &region, register_by_fiducials(page.image, region, candidates), {}};
    if (!fit.outcome.registration) return std::nullopt;
    if (const auto& code = fit.outcome.registration->second_code) {
        if (auto mark = parse_side_mark(code->text)) fit.mark = *mark;
    }
    return fit;
}

CardCase judged(const PageContext& page, const Fit& fit) {
    CardCase card;
    if (page.options.keyed) card.reading = reading_of(*page.options.keyed);
    judge_case(page, card, *fit.layout, *fit.region, fit.outcome);
    return card;
}

/// A piece whose second code was read. When it names another layout or side than the one that
/// fitted, it is placed again by that one.
CardCase read_named(const PageContext& page, const Fit& fit,
                    const std::vector<SquareCandidate>& candidates) {
    const Layout* layout = page.layouts(fit.mark->layout);
    if (layout == nullptr) {
        CardCase card = judged(page, fit);
        card.reading.reject(
            RejectionCode::UnknownLayout, "",
            fmt::format("layout {} was never printed here", fit.mark->layout.get()));
        return card;
    }
    const ReadRegion* region = named_region(*layout, *fit.mark);
    if (region != nullptr && region != fit.region) {
        if (const auto again = fit_region(page, *layout, *region, candidates)) {
            return judged(page, *again);
        }
    }
    return judged(page, fit);
}

/// How many of its boxes are printed where the layout has them.
long boxes_in_place(const CardCase& card) {
    if (!card.placed) return -1;
    return std::count_if(card.evidence.boxes.begin(), card.evidence.boxes.end(),
                         [](const AlignedBox& box) { return box.own_shift; });
}

/// One piece. A second code decides which it is; without one, the boxes do.
std::optional<CardCase> read_piece(const PageContext& page,
                                   const std::vector<const Layout*>& layouts,
                                   const std::vector<SquareCandidate>& candidates) {
    std::vector<Fit> unnamed;
    for (const Layout* layout : layouts) {
        if (layout == nullptr) continue;
        for (const auto* regions : {&layout->cards, &layout->returns}) {
            for (const auto& region : *regions) {
                auto fit = fit_region(page, *layout, region, candidates);
                if (fit && fit->mark) return read_named(page, *fit, candidates);
                if (fit) unnamed.push_back(std::move(*fit));
            }
        }
    }
    std::optional<CardCase> best;
    for (const auto& fit : unnamed) {
        CardCase card = judged(page, fit);
        if (!best || boxes_in_place(card) > boxes_in_place(*best)) best = std::move(card);
    }
    return best;
}

/// Beside others, only what is surely one of ours is believed to be a piece.
bool is_sure(const CardCase& card) {
    if (!card.placed) return false;
    return card.reading.card || !card.reading.has_reason(RejectionCode::Registration);
}

/// Whether it is a card whose QR was read before, but which could not be placed by that.
bool is_known(const CardCase& piece, const PageFindings& found) {
    return std::any_of(found.cards.begin(), found.cards.end(), [&](const CardCase& card) {
        if (card.placed || !card.code) return false;
        const auto& [a, b, c, d] = card.code->corners;
        const PxPoint middle{(a.x + b.x + c.x + d.x) / 4, (a.y + b.y + c.y + d.y) / 4};
        return is_inside(piece.reading.corners, middle) || piece.reading.card == card.reading.card;
    });
}

void read_layouts(const PageContext& page, const std::vector<const Layout*>& layouts,
                  PageFindings& found) {
    if (layouts.empty() || !has_room(page, found)) return;
    auto candidates = fiducial_candidates(page.image);
    const auto leave_out = [&](const CardCase& card) {
        if (!card.placed) return;
        std::erase_if(candidates, [&](const SquareCandidate& square) {
            return is_inside(card.reading.corners, square.centre);
        });
    };
    for (const auto& card : found.cards) leave_out(card);
    for (int i = 0; i < kMostPieces && candidates.size() >= 2; ++i) {
        auto card = read_piece(page, layouts, candidates);
        if (!card || (!found.cards.empty() && !is_sure(*card))) return;
        leave_out(*card);
        if (card->placed && is_known(*card, found)) continue;
        found.cards.push_back(std::move(*card));
        if (!found.cards.back().placed || !has_room(page, found)) return;
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
        if (found.cards.size() > 1) found.cards.resize(1);
    } else {
        found.cards.push_back(case_without_layout(reading_of(keyed), keyed.layout));
    }
}

}  // namespace verso::scanner

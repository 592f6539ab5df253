// SPDX-License-Identifier: Apache-2.0
#include "scanner/pipeline/matrix_route.h"

#include <algorithm>

#include "scanner/codes/matrix_search.h"
#include "scanner/pipeline/page_room.h"

namespace verso::scanner {

namespace {

constexpr int kMostLooks = 24;  // at dense patches: three for each of the eight cards of a flatbed

/// What is known of a card before it is placed: by its QR, when that was read, else nothing.
CardCase known_case(const PageContext& page, const SideMark& mark, PageFindings& found) {
    CardCase card;
    if (page.options.keyed) {
        card.reading.card = page.options.keyed->card;
        card.reading.layout = page.options.keyed->layout;
        card.reading.identified_by = IdentifiedBy::Keyed;
    }
    const auto unplaced = [&](const CardCase& other) {
        return !other.placed && other.code && other.reading.card == mark.id &&
               other.reading.identified_by == IdentifiedBy::Qr;
    };
    const auto it = std::find_if(found.cards.begin(), found.cards.end(), unplaced);
    if (it == found.cards.end()) return card;
    card.code = it->code;
    card.reading.card = it->reading.card;
    card.reading.layout = it->reading.layout;
    card.reading.secret = it->reading.secret;
    card.reading.host = it->reading.host;
    card.reading.identified_by = IdentifiedBy::Qr;
    return card;
}

/// Takes the place of the unplaced case of the same card, or comes beside the others.
void keep(CardCase card, PageFindings& found) {
    std::erase_if(found.cards, [&](const CardCase& other) {
        return card.placed && !other.placed && other.code &&
               other.reading.card == card.reading.card;
    });
    found.cards.push_back(std::move(card));
}

void read_marked(const PageContext& page, const FoundCode& code, const SideMark& mark,
                 PageFindings& found) {
    const Layout* layout = page.layouts(mark.layout);
    const ReadRegion* region = layout == nullptr ? nullptr : named_region(*layout, mark);
    CardCase card = known_case(page, mark, found);
    const bool known = card.code.has_value();
    if (!card.code) card.code = code;
    if (region == nullptr) {
        if (known) return;
        card.reading.card = mark.id;
        card.reading.layout = mark.layout;
        card.reading.identified_by = IdentifiedBy::SecondCode;
        auto nowhere = case_without_layout(std::move(card.reading), mark.layout);
        nowhere.code = code;
        found.cards.push_back(std::move(nowhere));
        return;
    }
    judge_case(page, card, *layout, *region, register_by_second_code(page.image, *region, code));
    if (card.placed || !known) keep(std::move(card), found);
}

}  // namespace

const ReadRegion* named_region(const Layout& layout, const SideMark& mark) {
    const bool card = mark.side == SideMark::Side::Card;
    const auto& regions = card ? layout.cards : layout.returns;
    if (regions.empty()) return nullptr;
    return &regions[std::min<std::size_t>(card ? 0 : mark.sheet - 1, regions.size() - 1)];
}

void read_by_second_codes(const PageContext& page, PageFindings& found) {
    if (!has_room(page, found)) return;
    const auto skip = [&](PxPoint at) { return is_taken(found, at); };
    for (const auto& code : find_data_matrices(page.image, skip, kMostLooks)) {
        const auto mark = parse_side_mark(code.text);
        if (!mark) continue;
        const auto [a, b, c, d] = code.corners;
        const PxPoint middle{(a.x + b.x + c.x + d.x) / 4, (a.y + b.y + c.y + d.y) / 4};
        if (!is_taken(found, middle)) read_marked(page, code, *mark, found);
    }
}

}  // namespace verso::scanner

// SPDX-License-Identifier: Apache-2.0
#include "scanner/pipeline/code_route.h"

#include <fmt/format.h>

#include <algorithm>

#include "scanner/codes/qr_search.h"
#include "scanner/pipeline/likely_places.h"
#include "scanner/pipeline/page_room.h"

namespace verso::scanner {

namespace {

Reading reading_of(const CardLink& link) {
    Reading reading;
    reading.card = link.card.id;
    reading.layout = link.card.layout;
    reading.secret = link.card.secret;
    reading.host = link.host;
    reading.identified_by = IdentifiedBy::Qr;
    return reading;
}

CardCase read_own_code(const PageContext& page, const CardLink& link, const FoundCode& code) {
    const Layout* layout = page.layouts(link.card.layout);
    if (layout == nullptr || layout->cards.empty()) {
        return case_without_layout(reading_of(link), link.card.layout);
    }
    CardCase card;
    card.reading = reading_of(link);
    const ReadRegion* best_region = &layout->cards.front();
    RegistrationOutcome best;
    for (const auto& region : layout->cards) {
        auto outcome = register_by_qr(page.image, region, code);
        const bool better = !best.registration || (!outcome.fault && best.fault);
        if (!better) continue;
        best = std::move(outcome);
        best_region = &region;
    }
    judge_case(page, card, *layout, *best_region, best);
    return card;
}

void drop_repeated_codes(std::vector<CardCase>& cards) {
    const auto placed_elsewhere = [&](const CardCase& card) {
        return std::any_of(cards.begin(), cards.end(), [&](const CardCase& other) {
            return other.placed && other.reading.card == card.reading.card;
        });
    };
    std::vector<CardCase> kept;
    for (auto& card : cards) {
        if (card.placed || !placed_elsewhere(card)) kept.push_back(card);
    }
    cards = std::move(kept);
}

void search_codes(const PageContext& page, QrSearch search, PageFindings& found) {
    search.limit_time(page.options.search_ms);
    while (true) {
        if (int(found.codes.size()) >= page.options.most_codes) {
            found.stopped = fmt::format("after {} codes", found.codes.size());
            return;
        }
        const auto code = search.next();
        if (!code) break;
        found.codes.push_back(*code);
        const auto link = parse_link(code->text);
        if (!link) {
            found.foreign = code->text;
            continue;
        }
        found.cards.push_back(read_own_code(page, *link, *code));
        found.cards.back().code = *code;
        const CardCase& card = found.cards.back();
        if (!card.placed) continue;
        search.exclude(card.reading.corners);
        if (!has_room(page, found)) return;
    }
    if (search.out_of_time()) {
        found.stopped = fmt::format("after {:.0f} ms", page.options.search_ms);
    }
}

}  // namespace

void read_by_codes(const PageContext& page, PageFindings& found) {
    QrSearch search(page.image, likely_places(page.options.known, page.image),
                    QrSearch::Ladder::Quick);
    search_codes(page, std::move(search), found);
    drop_repeated_codes(found.cards);
}

void read_by_hard_codes(const PageContext& page, PageFindings& found) {
    if (!found.cards.empty() || !found.codes.empty() || !found.stopped.empty()) return;
    search_codes(page, QrSearch(page.image, {}, QrSearch::Ladder::Hard), found);
    drop_repeated_codes(found.cards);
}

}  // namespace verso::scanner

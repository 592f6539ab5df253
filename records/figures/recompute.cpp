// SPDX-License-Identifier: Apache-2.0
#include "records/figures/recompute.h"

#include <algorithm>

#include "records/figures/figure_facts.h"

namespace verso::records {

namespace {

/// The order as it was when the card was printed.
Result<FigureFacts> facts_at_print(Store& store, ShopId shop, const Order& newest,
                                   const PrintedInsert& insert) {
    if (insert.revision == newest.revision) {
        return facts_of(newest, insert.parcel, insert.template_name);
    }
    auto printed = store.find_order(shop, newest.number, insert.revision);
    if (!printed) return printed.error();
    FigureFacts facts = facts_of(*printed, insert.parcel, insert.template_name);
    facts.insider = newest.insider;
    return facts;
}

Result<void> count_rating(Store& store, ShopId shop, const Order& order,
                          const std::vector<CardRecord>& cards, FigureFold& fold) {
    auto rating = store.find_rating(shop, order.number);
    if (!rating) return rating.error();
    if (!*rating) return {};
    const auto card = std::ranges::find(cards, (*rating)->card,
                                        [](const CardRecord& each) { return each.insert.card; });
    if (card == cards.end()) return {};
    auto facts = facts_at_print(store, shop, order, card->insert);
    if (!facts) return facts.error();
    const Fault fault = find_fault(complaint_of(**rating)).fault;
    fold.add(entry_of_response(*facts, **rating, day_of(card->insert.printed_at), fault));
    return {};
}

Result<void> count_order(Store& store, ShopId shop, const Order& order, FigureFold& fold) {
    auto cards = store.cards_of(shop, order.number);
    if (!cards) return cards.error();
    for (const CardRecord& card : *cards) {
        auto facts = facts_at_print(store, shop, order, card.insert);
        if (!facts) return facts.error();
        const DayNumber printed = day_of(card.insert.printed_at);
        fold.add(entry_of_print(*facts, printed));
        if (card.state == CardState::Voided) fold.add(entry_of_void(*facts, printed));
    }
    if (cards->empty()) return {};
    return count_rating(store, shop, order, *cards, fold);
}

}  // namespace

Result<std::vector<FigureCell>> recompute_cells(Store& store, ShopId shop) {
    FigureFold fold;
    auto visited = store.orders(
        shop, [&](const Order& order) { return count_order(store, shop, order, fold); });
    if (!visited) return visited.error();
    return fold.cells();
}

std::vector<FigureCell> CellsInMemory::operator()(const FigureQuery& query) const {
    std::vector<FigureCell> found;
    std::ranges::copy_if(cells_, std::back_inserter(found),
                         [&](const FigureCell& cell) { return query.wants(cell); });
    return found;
}

}  // namespace verso::records

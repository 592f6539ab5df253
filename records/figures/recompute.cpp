// SPDX-License-Identifier: Apache-2.0
#include "records/figures/recompute.h"

#include <algorithm>

#include "records/figures/parcel_entries.h"

namespace verso::records {

namespace {

/// The cards of an order, each with the revision on its sheet.
Result<std::vector<PrintedCard>> printed_cards(Store& store, ShopId shop, const Order& newest) {
    auto cards = store.cards_of(shop, newest.number);
    if (!cards) return cards.error();
    std::vector<PrintedCard> printed;
    for (CardRecord& card : *cards) {
        auto order = store.find_order(shop, newest.number, card.insert.revision);
        if (!order) return order.error();
        printed.push_back({std::move(card), std::move(*order)});
    }
    return printed;
}

Result<std::vector<CarrierEvent>> events_of(Store& store, ShopId shop, const Order& order,
                                            int parcel) {
    std::vector<CarrierEvent> events;
    for (const Parcel& box : order.parcels) {
        if (box.number != parcel) continue;
        for (const std::string& name : parcel_names(order, box)) {
            auto told = store.parcel_events().events_of(shop, name);
            if (!told) return told.error();
            events.insert(events.end(), told->begin(), told->end());
        }
    }
    return events;
}

Result<void> count_rating(Store& store, ShopId shop, const Order& order,
                          const std::vector<PrintedCard>& cards, FigureFold& fold) {
    auto rating = store.find_rating(shop, order.number);
    if (!rating) return rating.error();
    if (!*rating) return {};
    const auto card = std::ranges::find(
        cards, (*rating)->card, [](const PrintedCard& each) { return each.card.insert.card; });
    if (card == cards.end()) return {};
    auto events = events_of(store, shop, order, card->card.insert.parcel);
    if (!events) return events.error();
    fold.add(entry_of_answer(card->printed, card->card.insert, **rating, *events));
    return {};
}

Result<void> count_order(Store& store, ShopId shop, const Order& order, FigureFold& fold) {
    auto cards = printed_cards(store, shop, order);
    if (!cards) return cards.error();
    for (const auto& [card, paper] : *cards) {
        const FigureFacts facts = facts_of(paper, card.insert);
        const DayNumber printed = day_of(card.insert.printed_at);
        fold.add(entry_of_print(facts, printed));
        if (card.state == CardState::Voided) fold.add(entry_of_void(facts, printed));
    }
    for (const Parcel& parcel : order.parcels) {
        auto events = events_of(store, shop, order, parcel.number);
        if (!events) return events.error();
        for (const auto& entry : parcel_entries(order, parcel.number, *cards, *events)) {
            fold.add(entry);
        }
    }
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

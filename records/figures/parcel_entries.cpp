// SPDX-License-Identifier: Apache-2.0
#include "records/figures/parcel_entries.h"

#include <algorithm>

#include "records/figures/carrier_moments.h"

namespace verso::records {

namespace {

bool did_not_come(const ParcelState& state) {
    return state.status == ParcelStatus::Returned || state.status == ParcelStatus::Failure;
}

/// The insert that travelled in the parcel: the last one that counts, else the last one printed.
const CardRecord* card_in(int parcel, std::span<const PrintedCard> cards) {
    const CardRecord* found = nullptr;
    for (const auto& [card, printed] : cards) {
        if (card.insert.parcel != parcel) continue;
        const bool better = found == nullptr || card.state != CardState::Voided ||
                            found->state == CardState::Voided;
        if (better) found = &card;
    }
    return found;
}

std::optional<DayNumber> promised_day(const Order& order) {
    if (!order.promised_on) return std::nullopt;
    return day_of(*order.promised_on);
}

FigureEntry delivery_of(const Order& order, int parcel, std::span<const PrintedCard> cards,
                        const ZonedTime& delivered) {
    const CardRecord* card = card_in(parcel, cards);
    PrintedInsert none;
    none.parcel = parcel;
    const FigureFacts facts = facts_of(order, card != nullptr ? card->insert : none);
    return entry_of_delivery(facts, day_of(order.placed_at.local_day()), promised_day(order),
                             day_of(delivered.local_day()));
}

}  // namespace

FigureFacts facts_of(const Order& printed, const PrintedInsert& insert) {
    FigureFacts facts = facts_of(printed, insert.parcel, insert.template_name, insert.packer);
    facts.buyer = insert.buyer;
    return facts;
}

std::vector<FigureEntry> parcel_entries(const Order& order, int parcel,
                                        std::span<const PrintedCard> cards,
                                        std::span<const CarrierEvent> events) {
    std::vector<FigureEntry> entries;
    const ParcelState state = parcel_state(events);
    if (state.delivered) entries.push_back(delivery_of(order, parcel, cards, *state.delivered));
    if (!did_not_come(state)) return entries;
    for (const auto& [card, printed] : cards) {
        if (card.insert.parcel != parcel || card.state != CardState::Printed) continue;
        entries.push_back(
            entry_of_undelivered(facts_of(printed, card.insert), day_of(card.insert.printed_at)));
    }
    return entries;
}

FigureEntry entry_of_answer(const Order& printed, const PrintedInsert& insert, const Rating& rating,
                            std::span<const CarrierEvent> events) {
    FaultFacts complaint = complaint_of(rating);
    complaint.promised = promised_day(printed);
    complaint.events = moments_of(events);
    return entry_of_response(facts_of(printed, insert), rating, day_of(insert.printed_at),
                             find_fault(complaint).fault, is_before_delivery(rating, events));
}

bool is_before_delivery(const Rating& rating, std::span<const CarrierEvent> events) {
    const ParcelState state = parcel_state(events);
    return state.delivered && day_of(rating.recorded_at) < day_of(state.delivered->local_day());
}

std::string entries_to_text(std::span<const FigureEntry> entries) {
    std::string text;
    for (const FigureEntry& entry : entries) text += (text.empty() ? "" : "\n") + to_text(entry);
    return text;
}

Result<std::vector<FigureEntry>> parse_entries(std::string_view text) {
    std::vector<FigureEntry> entries;
    while (!text.empty()) {
        const std::size_t end = std::min(text.find('\n'), text.size());
        auto entry = parse_entry(text.substr(0, end));
        if (!entry) return entry.error();
        entries.push_back(std::move(*entry));
        text.remove_prefix(std::min(end + 1, text.size()));
    }
    return entries;
}

}  // namespace verso::records

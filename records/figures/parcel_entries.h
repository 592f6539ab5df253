// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "records/carriers/parcel_state.h"
#include "records/figures/figure_facts.h"
#include "records/store/store_types.h"

namespace verso::records {

// What carriers tell of a parcel, as figures: days promised and days taken, parcels that never
// came, whose fault a late one was, answers given before the parcel was there. Carriers tell late
// and correct themselves, so all of it is computed anew from everything told, and what was counted
// before is taken back. Pure.

/// A card and the revision of the order that is on its sheet.
struct PrintedCard {
    CardRecord card;
    Order printed;
};

/// The entries of one parcel: its delivery, and for each card of it that nobody could answer that
/// it did not come (it came back, or was lost). `order` is the newest revision, `cards` are all of
/// the order.
std::vector<FigureEntry> parcel_entries(const Order& order, int parcel,
                                        std::span<const PrintedCard> cards,
                                        std::span<const CarrierEvent> events);

/// entry_of_response with what the carrier told of the parcel: whose fault a late or damaged one
/// was, and whether the answer came before the day of delivery. `printed` is the revision on paper.
FigureEntry entry_of_answer(const Order& printed, const PrintedInsert& insert, const Rating& rating,
                            std::span<const CarrierEvent> events);

/// Whether the answer was given on a day before the parcel arrived (C 0.9). False while no delivery
/// is told.
bool is_before_delivery(const Rating& rating, std::span<const CarrierEvent> events);

/// What an insert counts under.
FigureFacts facts_of(const Order& printed, const PrintedInsert& insert);

/// Several entries as one text, a line each, and back. FormatInvalid as parse_entry.
std::string entries_to_text(std::span<const FigureEntry> entries);
Result<std::vector<FigureEntry>> parse_entries(std::string_view text);

}  // namespace verso::records

// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "core/domain/answer.h"
#include "core/domain/order.h"
#include "records/figures/fault.h"
#include "records/figures/figure_cell.h"

namespace verso::records {

// From what happens to the entry that counts it. Who takes something back (a withdrawal, an
// amendment) reverses the entry that was appended then, kept as text; an order may have a new
// revision since.
//
// Weeks: cards that were printed, voided, not delivered or answered count in the week of their
// print, so that a week's response rate is that of the cards printed in it. Answers count in the
// week they were given, parcels in the week of their delivery.

/// What a figure knows of the order and the parcel that a card travelled in.
struct FigureFacts {
    bool insider = false;  ///< counts apart, in the dimension "insider" alone
    std::string carrier, service, country, template_name;
    std::string packer{};                   ///< who packed; empty when nobody says
    std::string buyer{};                    ///< "first" or "repeat"; empty when unknown
    std::vector<std::string> skus{};        ///< of this parcel's lines, each once, sorted
    std::map<int, std::string> articles{};  ///< line to SKU, of the whole order
};

/// `parcel` by its number; one that the order has not leaves carrier and lines empty.
FigureFacts facts_of(const Order& order, int parcel, std::string_view template_name,
                     std::string_view packer = {});

/// The day of an instant, UTC.
DayNumber day_of(Instant instant);
DayNumber day_of(std::chrono::year_month_day day);

/// A card was printed.
FigureEntry entry_of_print(const FigureFacts& facts, DayNumber printed);
/// It was voided. Once for each card.
FigureEntry entry_of_void(const FigureFacts& facts, DayNumber printed);
/// Its parcel came back or was lost, so nobody could answer. Once for each card that is not voided.
FigureEntry entry_of_undelivered(const FigureFacts& facts, DayNumber printed);
/// A response that cannot count was refused (a voided card, a forged link).
FigureEntry entry_of_refusal(const FigureFacts& facts, Channel channel, DayNumber day);

/// The response that counts for an order now: its answers, its stars by article, and whose fault a
/// late or damaged parcel was, whether it was given before the parcel came. "Not received" and
/// "cancelled" count apart and give no score.
FigureEntry entry_of_response(const FigureFacts& facts, const Rating& rating, DayNumber printed,
                              Fault fault = Fault::None, bool before_delivery = false);

/// A parcel was delivered: days promised, days taken, days late (negative: early). Days beyond 999
/// count as 999.
FigureEntry entry_of_delivery(const FigureFacts& facts, DayNumber placed,
                              std::optional<DayNumber> promised, DayNumber delivered);

/// A key as cells keep it: valid UTF-8 without control characters, at most 96 bytes, a longer one
/// cut and told apart by a hash, so that no index refuses it.
std::string figure_key(std::string_view text);

}  // namespace verso::records

// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string>
#include <vector>

#include "records/desk/order_story.h"
#include "records/lifecycle/return_life.h"
#include "service/buyer/card_visit.h"
#include "service/http/web_text.h"
#include "service/pages/page_book.h"

namespace verso::service {

// The buyer's view of the order behind a card, for who has the card's secret. Pure.

/// What is known of the order when its pages are made.
struct BuyerOrder {
    records::OrderStory story;
    std::vector<records::Return> returns;
    std::optional<Instant> withdrawn_at;  ///< the buyer withdrew from the contract
};

/// Timeline, parcels, promised day, and what the shop's table still allows.
std::string order_page(const PageBook& book, const CardVisit& visit,
                       const generator::Language& language, const BuyerOrder& order);

/// The form to announce a return, the returns that there are, and the withdrawal (Directive
/// 2011/83/EU, articles 9 to 11a, Annex I B). `fault` is a sentence, empty at first.
std::string return_page(const PageBook& book, const CardVisit& visit,
                        const generator::Language& language, const BuyerOrder& order,
                        const std::string& fault);

/// How many pieces of a line may still be announced: bought, less those of other returns.
int pieces_left(const OrderLine& line, std::span<const records::Return> returns);

/// The lines that the fields "pieces.N" and "reason.N" announce; none with pieces: empty.
/// ValueInvalid for a number that cannot be, or more than is left.
Result<std::vector<records::ReturnLine>> read_return(const std::vector<FormField>& fields,
                                                     const BuyerOrder& order);

/// The parcels that lines travelled in, one return for each.
std::vector<records::Return> split_by_parcel(const Order& order,
                                             std::vector<records::ReturnLine> lines);

}  // namespace verso::service

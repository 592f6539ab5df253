// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string>
#include <vector>

#include "app/output.h"
#include "records/desk/order_story.h"
#include "records/store/desk_book.h"

namespace verso::app {

/// What happened around an order, beside its story.
struct OrderHistory {
    std::vector<records::KeptRevision> revisions;  ///< as many as the story's, in their order
    std::vector<records::DeskEntry> notes;
    std::vector<Response> responses;
    std::vector<records::Return> returns;
    std::vector<records::Action> staff_may;  ///< now
};

Result<OrderHistory> read_history(records::Store& store, ShopId shop,
                                  const records::OrderStory& story,
                                  const records::ActionTable& actions);

/// The members that a JSON object of the order has besides: state, actions, shipments, revisions,
/// responses, returns, notes; one object.
std::string history_json(const records::OrderStory& story, const OrderHistory& history);

/// For people.
void show_history(Output& out, const records::OrderStory& story, const OrderHistory& history);

}  // namespace verso::app

// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string>
#include <vector>

#include "core/domain/order.h"
#include "records/carriers/parcel_state.h"
#include "records/lifecycle/action_table.h"
#include "records/lifecycle/order_life.h"
#include "records/store/store.h"

namespace verso::records {

/// What carriers told of one parcel of an order.
struct ParcelStory {
    int parcel = 1;
    std::vector<CarrierEvent> events;  ///< in the carrier's order
    ParcelState state;
};

/// One order with all that its state follows from.
struct OrderStory {
    Order order;                   ///< the newest revision
    std::vector<Order> revisions;  ///< all of them, oldest first
    std::vector<CardRecord> cards;
    std::vector<ParcelStory> parcels;  ///< by number
    OrderState state = OrderState::Placed;
};

/// Reads it; NotFound for an order that this shop has not.
Result<OrderStory> read_story(Store& store, ShopId shop, const OrderNumber& number);

/// NotAllowed, with the reason, unless the shop's staff may do this with the order now.
Result<void> check_staff_may(const ActionTable& table, Action action, const OrderStory& story);

/// The order that a person names by whatever is at hand: its number, a card, an RMA, a tracking
/// number, an e-mail, a name. NotFound; NotAllowed when several fit, with the first of them.
Result<OrderNumber> find_one_order(Store& store, ShopId shop, const std::string& text);

}  // namespace verso::records

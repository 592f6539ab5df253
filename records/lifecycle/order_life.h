// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <span>
#include <string_view>

#include "core/domain/order.h"
#include "core/util/result.h"
#include "records/lifecycle/transition.h"
#include "records/store/store_types.h"

namespace verso::records {

// Where an order is in its life. The state is never kept: it follows from facts that are. Pure.

enum class OrderState {
    Placed,     ///< ordered and not paid
    Paid,       ///< paid, nothing printed
    Packing,    ///< an insert is printed, or a part has left: nothing changes online any more
    Shipped,    ///< the last parcel has left
    Delivered,  ///< the last parcel has arrived; never left again but for Refunded
    Cancelled,  ///< before it arrived
    Refunded,   ///< all of the money went back
};

enum class OrderEvent {
    Pay,      ///< the money came
    Unpay,    ///< it was taken back before anything left
    Print,    ///< an insert was printed
    Void,     ///< the last valid insert was voided
    Ship,     ///< the last parcel left
    Deliver,  ///< the last parcel arrived
    Cancel,   ///< by buyer or shop
    Refund,   ///< in full
};

/// All of them, in their order.
std::span<const OrderState> all_order_states();
std::span<const OrderEvent> all_order_events();
/// "placed", "paid" …
std::string_view to_string(OrderState state);
Result<OrderState> parse_order_state(std::string_view text);
/// "pay", "print" …
std::string_view to_string(OrderEvent event);

/// What a state follows from. Parcels are counted; `left` and `delivered` come from carriers.
struct OrderFacts {
    OrderStatus status = OrderStatus::Open;
    PaymentStatus payment = PaymentStatus::Unpaid;
    int parcels = 1;    ///< of the newest revision
    int printed = 0;    ///< parcels with an insert that is not voided
    int left = 0;       ///< parcels that a carrier has scanned
    int delivered = 0;  ///< parcels that have arrived
    /// Some earlier revision or event said delivered: no later word takes that back.
    bool was_delivered = false;
};

/// The facts of a newest revision and all cards of its order. Left and delivered as given.
OrderFacts facts_of(const Order& order, std::span<const CardRecord> cards, int left = 0,
                    int delivered = 0, bool was_delivered = false);

/// The state of these facts. What has happened to goods and money outranks what a shop's export
/// says: refunded, delivered, cancelled, shipped, packing, paid, placed, in that order.
OrderState order_state(const OrderFacts& facts);

/// What an event does in a state. Agrees with order_state wherever the event changes a fact.
Transition<OrderState> next_state(OrderState state, OrderEvent event);

}  // namespace verso::records

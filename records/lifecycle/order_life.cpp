// SPDX-License-Identifier: Apache-2.0
#include "records/lifecycle/order_life.h"

#include <algorithm>
#include <set>

namespace verso::records {

namespace {

using S = OrderState;
using C = Cell<OrderState>;

constexpr EnumNames<OrderState, 7> kStates{{{S::Placed, "placed"},
                                            {S::Paid, "paid"},
                                            {S::Packing, "packing"},
                                            {S::Shipped, "shipped"},
                                            {S::Delivered, "delivered"},
                                            {S::Cancelled, "cancelled"},
                                            {S::Refunded, "refunded"}}};

constexpr EnumNames<OrderEvent, 8> kEvents{{{OrderEvent::Pay, "pay"},
                                            {OrderEvent::Unpay, "unpay"},
                                            {OrderEvent::Print, "print"},
                                            {OrderEvent::Void, "void"},
                                            {OrderEvent::Ship, "ship"},
                                            {OrderEvent::Deliver, "deliver"},
                                            {OrderEvent::Cancel, "cancel"},
                                            {OrderEvent::Refund, "refund"}}};

constexpr auto kEveryState = enumerators(kStates);
constexpr auto kEveryEvent = enumerators(kEvents);

constexpr C stay = C::stays();
constexpr C to(OrderState state) { return C::moves(state); }
constexpr C unpaid = C::refused("the order is not paid, so no insert is printed");
constexpr C gone = C::refused("the order is cancelled, so no insert is printed");
constexpr C arrived = C::refused("the order has arrived: it is returned, not cancelled");

/// A column for each event: pay, unpay, print, void, ship, deliver, cancel, refund.
constexpr TransitionTable<OrderState, 7, 8> kTable{{
    // placed: some shops ship before they are paid, so a carrier's word counts
    {to(S::Paid), stay, unpaid, stay, to(S::Shipped), to(S::Delivered), to(S::Cancelled),
     to(S::Refunded)},
    // paid
    {stay, to(S::Placed), to(S::Packing), stay, to(S::Shipped), to(S::Delivered), to(S::Cancelled),
     to(S::Refunded)},
    // packing
    {stay, to(S::Placed), stay, to(S::Paid), to(S::Shipped), to(S::Delivered), to(S::Cancelled),
     to(S::Refunded)},
    // shipped
    {stay, stay, stay, stay, stay, to(S::Delivered), to(S::Cancelled), to(S::Refunded)},
    // delivered
    {stay, stay, stay, stay, stay, stay, arrived, to(S::Refunded)},
    // cancelled: what was under way may still arrive
    {stay, stay, gone, stay, stay, to(S::Delivered), stay, to(S::Refunded)},
    // refunded
    {stay, stay, stay, stay, stay, stay, stay, stay},
}};

}  // namespace

std::span<const OrderState> all_order_states() { return kEveryState; }
std::span<const OrderEvent> all_order_events() { return kEveryEvent; }
std::string_view to_string(OrderState state) { return name_in(kStates, state); }
std::string_view to_string(OrderEvent event) { return name_in(kEvents, event); }

Result<OrderState> parse_order_state(std::string_view text) {
    return value_in(kStates, text, "a state of an order");
}

OrderFacts facts_of(const Order& order, std::span<const CardRecord> cards, int left, int delivered,
                    bool was_delivered) {
    std::set<int> printed;
    for (const CardRecord& card : cards) {
        if (card.state != CardState::Voided) printed.insert(card.insert.parcel);
    }
    OrderFacts facts;
    facts.status = order.status;
    facts.payment = order.payment;
    facts.parcels = static_cast<int>(order.parcels.size());
    facts.printed = static_cast<int>(printed.size());
    facts.left = left;
    facts.delivered = delivered;
    facts.was_delivered = was_delivered;
    return facts;
}

OrderState order_state(const OrderFacts& facts) {
    const int parcels = std::max(facts.parcels, 1);
    if (facts.payment == PaymentStatus::Refunded) return S::Refunded;
    if (facts.was_delivered || facts.status == OrderStatus::Delivered ||
        facts.delivered >= parcels) {
        return S::Delivered;
    }
    if (facts.status == OrderStatus::Cancelled) return S::Cancelled;
    // A parcel that has arrived has left, whether or not a carrier told the beginning.
    const int left = std::max(facts.left, facts.delivered);
    if (facts.status == OrderStatus::Shipped || left >= parcels) return S::Shipped;
    if (facts.status == OrderStatus::PartlyShipped || left > 0) return S::Packing;
    if (facts.payment == PaymentStatus::Unpaid) return S::Placed;
    return facts.printed > 0 ? S::Packing : S::Paid;
}

Transition<OrderState> next_state(OrderState state, OrderEvent event) {
    return step_of(kTable, state, event);
}

}  // namespace verso::records

// SPDX-License-Identifier: Apache-2.0
#include "records/lifecycle/action_table.h"

#include <fmt/format.h>

#include <algorithm>

namespace verso::records {

namespace {

using A = Action;
using S = OrderState;

constexpr EnumNames<Action, 7> kActions{{{A::ChangeAddress, "change-address"},
                                         {A::ChangeLines, "change-lines"},
                                         {A::ChangeDelivery, "change-delivery"},
                                         {A::Cancel, "cancel"},
                                         {A::Return, "return"},
                                         {A::Contact, "contact"},
                                         {A::Edit, "edit"}}};
constexpr EnumNames<Actor, 2> kActors{{{Actor::Buyer, "buyer"}, {Actor::Staff, "staff"}}};
constexpr auto kEveryAction = enumerators(kActions);
constexpr auto kEveryActor = enumerators(kActors);

constexpr std::array kBeforeLeaving{S::Placed, S::Paid, S::Packing};
constexpr std::array kHasLeft{S::Shipped, S::Delivered};

/// Is the action one that changes what is being made ready?
bool is_change(Action action) {
    return action == A::ChangeAddress || action == A::ChangeLines || action == A::ChangeDelivery ||
           action == A::Cancel;
}

/// Why a change of the order comes too late; empty in the states where it does not.
std::string_view too_late(OrderState state) {
    switch (state) {
        case S::Shipped:
            return "the parcel has left";
        case S::Delivered:
            return "the order has arrived";
        case S::Cancelled:
            return "the order is cancelled";
        case S::Refunded:
            return "the order is refunded";
        default:
            return "";
    }
}

}  // namespace

std::span<const Action> all_actions() { return kEveryAction; }
std::span<const Actor> all_actors() { return kEveryActor; }
std::string_view to_string(Action action) { return name_in(kActions, action); }
std::string_view to_string(Actor actor) { return name_in(kActors, actor); }
Result<Action> parse_action(std::string_view text) { return value_in(kActions, text, "an action"); }

std::string_view never(Actor actor, Action action, OrderState state) {
    if (action == A::Edit && actor == Actor::Buyer) return "only the shop edits its records";
    if (is_change(action)) {
        const bool is_packing = actor == Actor::Buyer && state == S::Packing;
        return is_packing ? "the order is being packed" : too_late(state);
    }
    if (action != A::Return) return "";
    switch (state) {
        case S::Placed:
        case S::Paid:
        case S::Packing:
            return "nothing has been sent yet";
        case S::Cancelled:
            return "the order is cancelled";
        default:
            return "";
    }
}

ActionTable::ActionTable() {
    const auto states = all_order_states();
    for (const Actor actor : kEveryActor) {
        cell(actor, A::Contact) = {states.begin(), states.end()};
        cell(actor, A::Return) = {kHasLeft.begin(), kHasLeft.end()};
    }
    for (const A action :
         {A::ChangeAddress, A::ChangeLines, A::ChangeDelivery, A::Cancel, A::Edit}) {
        cell(Actor::Staff, action) = {kBeforeLeaving.begin(), kBeforeLeaving.end()};
    }
}

Result<void> ActionTable::allow(Actor actor, Action action, std::span<const OrderState> states) {
    for (const OrderState state : states) {
        const std::string_view why = never(actor, action, state);
        if (why.empty()) continue;
        return Error{ErrorCode::ValueInvalid,
                     fmt::format("{} can never be allowed to the {} in the state {}: {}",
                                 to_string(action), to_string(actor), to_string(state), why),
                     "", "docs/lifecycle.md has the table"};
    }
    std::set<OrderState> wanted(states.begin(), states.end());
    if (action == A::Contact && wanted.size() < all_order_states().size()) {
        return Error{ErrorCode::ValueInvalid, "contact is possible in every state", "",
                     "leave it out"};
    }
    cell(actor, action) = std::move(wanted);
    return {};
}

bool ActionTable::allows(Actor actor, Action action, OrderState state) const {
    return states_.at(static_cast<std::size_t>(actor))
        .at(static_cast<std::size_t>(action))
        .contains(state);
}

ActionAnswer answer_action(const ActionTable& table, Actor actor, Action action, OrderState state) {
    if (table.allows(actor, action, state)) return {true};
    const bool is_buyer = actor == Actor::Buyer;
    const std::string_view why = never(actor, action, state);
    const std::string_view more = is_buyer ? "; your request was passed on to the shop" : "";
    if (!why.empty()) return {false, fmt::format("{}{}", why, more), is_buyer};
    return {false,
            fmt::format("{} is not possible {} while the order is {}{}", to_string(action),
                        is_buyer ? "online" : "in this shop", to_string(state), more),
            is_buyer};
}

std::vector<Action> allowed_actions(const ActionTable& table, Actor actor, OrderState state) {
    std::vector<Action> out;
    std::copy_if(kEveryAction.begin(), kEveryAction.end(), std::back_inserter(out),
                 [&](Action action) { return table.allows(actor, action, state); });
    return out;
}

}  // namespace verso::records

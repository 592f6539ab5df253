// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <array>
#include <optional>
#include <set>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "core/util/result.h"
#include "records/lifecycle/order_life.h"

namespace verso::records {

// Who may do what with an order in which state: a table of the shop's, verso.toml, [actions]. Pure.

enum class Action {
    ChangeAddress,   ///< where it goes
    ChangeLines,     ///< articles, quantities, variants
    ChangeDelivery,  ///< carrier, service, relay point
    Cancel,          ///< the whole order
    Return,          ///< announce a return
    Contact,         ///< write to the shop
    Edit,            ///< any field of Verso's copy of the order, by the staff with a reason
};
enum class Actor { Buyer, Staff };

/// All of them, in their order.
std::span<const Action> all_actions();
std::span<const Actor> all_actors();
/// "change-address", "cancel" … as in verso.toml.
std::string_view to_string(Action action);
Result<Action> parse_action(std::string_view text);
/// "buyer", "staff".
std::string_view to_string(Actor actor);

/// Why no table can allow this: a buyer changes nothing that is being packed, nobody what has left;
/// only goods that have left are returned; a buyer never edits. Empty where a table may.
std::string_view never(Actor actor, Action action, OrderState state);

/// What a shop allows. The default: a buyer may announce a return of what has left and write to the
/// shop, nothing else; the staff may change, edit and cancel until the parcel has left.
class ActionTable {
  public:
    ActionTable();

    /// Sets in which states an actor may do something. ValueInvalid when never() has a reason
    /// against one of them, or when it would forbid to write to the shop.
    Result<void> allow(Actor actor, Action action, std::span<const OrderState> states);
    bool allows(Actor actor, Action action, OrderState state) const;

    friend bool operator==(const ActionTable&, const ActionTable&) = default;

  private:
    std::set<OrderState>& cell(Actor actor, Action action) {
        return states_.at(static_cast<std::size_t>(actor)).at(static_cast<std::size_t>(action));
    }

    std::array<std::array<std::set<OrderState>, 7>, 2> states_;
};

/// What someone who asks is told.
struct ActionAnswer {
    bool is_allowed = false;
    std::string why{};  ///< a sentence with the reason; empty when allowed
    /// The request is not lost: it becomes a message to the shop. Set for a buyer who is refused.
    bool becomes_contact = false;
};

/// May this actor do this now?
ActionAnswer answer_action(const ActionTable& table, Actor actor, Action action, OrderState state);

/// All that the actor may do now, in the order of the enumerators: what a page or a desk offers.
std::vector<Action> allowed_actions(const ActionTable& table, Actor actor, OrderState state);

}  // namespace verso::records

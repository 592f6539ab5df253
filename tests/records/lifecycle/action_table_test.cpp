// SPDX-License-Identifier: Apache-2.0
#include "records/lifecycle/action_table.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "tests/records/lifecycle/transition_text.h"

namespace verso::records {
namespace {

using ::testing::ElementsAre;
using ::testing::HasSubstr;
using testing::squeezed;

/// Which states allow what, one line an action: "x" allowed, "." not.
template <class Allows>
std::string allowed_text(Actor actor, Allows allows) {
    std::string out;
    for (const Action action : all_actions()) {
        out += std::string(to_string(action));
        for (const OrderState state : all_order_states()) {
            out += allows(actor, action, state) ? " x" : " .";
        }
        out += "\n";
    }
    return out;
}

bool default_allows(Actor actor, Action action, OrderState state) {
    return ActionTable().allows(actor, action, state);
}
bool may_ever(Actor actor, Action action, OrderState state) {
    return never(actor, action, state).empty();
}

// Columns: placed paid packing shipped delivered cancelled refunded.
TEST(ActionTable, EveryCellByDefault) {
    EXPECT_EQ(allowed_text(Actor::Buyer, default_allows), squeezed(R"(
        change-address  . . . . . . .
        change-lines    . . . . . . .
        change-delivery . . . . . . .
        cancel          . . . . . . .
        return          . . . x x . .
        contact         x x x x x x x
        edit            . . . . . . .)"));
    EXPECT_EQ(allowed_text(Actor::Staff, default_allows), squeezed(R"(
        change-address  x x x . . . .
        change-lines    x x x . . . .
        change-delivery x x x . . . .
        cancel          x x x . . . .
        return          . . . x x . .
        contact         x x x x x x x
        edit            x x x . . . .)"));
}

TEST(ActionTable, EveryCellThatAShopCanAllow) {
    EXPECT_EQ(allowed_text(Actor::Buyer, may_ever), squeezed(R"(
        change-address  x x . . . . .
        change-lines    x x . . . . .
        change-delivery x x . . . . .
        cancel          x x . . . . .
        return          . . . x x . x
        contact         x x x x x x x
        edit            . . . . . . .)"));
    EXPECT_EQ(allowed_text(Actor::Staff, may_ever), squeezed(R"(
        change-address  x x x . . . .
        change-lines    x x x . . . .
        change-delivery x x x . . . .
        cancel          x x x . . . .
        return          . . . x x . x
        contact         x x x x x x x
        edit            x x x x x x x)"));
}

TEST(ActionTable, AllowsExactlyWhatWasSetAndRefusesWhatCanNeverBe) {
    for (const Actor actor : all_actors()) {
        for (const Action action : all_actions()) {
            if (action == Action::Contact) continue;
            for (const OrderState state : all_order_states()) {
                ActionTable table;
                const auto set = table.allow(actor, action, std::vector{state});
                EXPECT_EQ(set.has_value(), may_ever(actor, action, state));
                if (!set) {
                    EXPECT_EQ(table, ActionTable());
                    continue;
                }
                for (const OrderState other : all_order_states()) {
                    EXPECT_EQ(table.allows(actor, action, other), other == state);
                }
            }
        }
    }
    ActionTable table;
    EXPECT_TRUE(table.allow(Actor::Buyer, Action::Return, {}));
    EXPECT_FALSE(table.allows(Actor::Buyer, Action::Return, OrderState::Delivered));
    EXPECT_FALSE(table.allow(Actor::Buyer, Action::Contact, {}));
    EXPECT_TRUE(table.allow(Actor::Buyer, Action::Contact, all_order_states()));
}

TEST(ActionTable, EveryRefusalOfABuyerHasAReasonAndReachesTheShop) {
    for (const Action action : all_actions()) {
        for (const OrderState state : all_order_states()) {
            const auto answer = answer_action({}, Actor::Buyer, action, state);
            EXPECT_EQ(answer.becomes_contact, !answer.is_allowed);
            EXPECT_EQ(answer.why.empty(), answer.is_allowed);
            EXPECT_FALSE(answer_action({}, Actor::Staff, action, state).becomes_contact);
            if (!answer.becomes_contact) continue;
            EXPECT_THAT(answer.why, HasSubstr("passed on to the shop"));
        }
    }
    ActionTable open;
    ASSERT_TRUE(open.allow(Actor::Buyer, Action::Cancel,
                           std::vector{OrderState::Placed, OrderState::Paid}));
    EXPECT_TRUE(answer_action(open, Actor::Buyer, Action::Cancel, OrderState::Paid).is_allowed);
    EXPECT_EQ(answer_action(open, Actor::Buyer, Action::Cancel, OrderState::Packing).why,
              "the order is being packed; your request was passed on to the shop");
}

TEST(ActionTable, WhatAPageOffers) {
    EXPECT_THAT(allowed_actions({}, Actor::Buyer, OrderState::Paid), ElementsAre(Action::Contact));
    EXPECT_THAT(allowed_actions({}, Actor::Buyer, OrderState::Delivered),
                ElementsAre(Action::Return, Action::Contact));
}

TEST(ActionTable, NamesGoBothWays) {
    for (const Action action : all_actions()) {
        EXPECT_EQ(parse_action(to_string(action)).value(), action);
    }
    EXPECT_FALSE(parse_action("delete"));
}

}  // namespace
}  // namespace verso::records

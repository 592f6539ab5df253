// SPDX-License-Identifier: Apache-2.0
// docs/lifecycle.md shows the tables of the rules; here they are made from the code and looked for.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <fstream>
#include <sstream>

#include "records/lifecycle/action_table.h"
#include "records/lifecycle/card_life.h"
#include "records/lifecycle/order_life.h"
#include "records/lifecycle/return_life.h"

namespace verso::records {
namespace {

std::string page() {
    std::ifstream file(VERSO_SOURCE_DIR "/docs/lifecycle.md");
    std::ostringstream text;
    text << file.rdbuf();
    return text.str();
}

template <class Values>
std::string head(std::string_view corner, const Values& values) {
    std::string names = "| " + std::string(corner) + " |", rule = "|---|";
    for (const auto value : values) {
        names += " " + std::string(to_string(value)) + " |";
        rule += "---|";
    }
    return names + "\n" + rule + "\n";
}

template <class States, class Events, class Step>
std::string transitions(std::string_view what, const States& states, const Events& events,
                        Step step) {
    using Kind = typename decltype(step(*states.begin(), *events.begin()))::Kind;
    std::string out = head(what, events);
    for (const auto state : states) {
        out += "| **" + std::string(to_string(state)) + "** |";
        for (const auto event : events) {
            const auto found = step(state, event);
            const std::string to(found.kind == Kind::Moves ? to_string(found.to) : "");
            out += found.is_refused() ? " no |" : to.empty() ? " |" : " " + to + " |";
        }
        out += "\n";
    }
    return out;
}

std::string actions(Actor actor) {
    std::string out = head(to_string(actor), all_order_states());
    for (const Action action : all_actions()) {
        out += "| `" + std::string(to_string(action)) + "` |";
        for (const OrderState state : all_order_states()) {
            const bool allowed = ActionTable().allows(actor, action, state);
            const bool possible = never(actor, action, state).empty();
            out += allowed ? " yes |" : possible ? " can be |" : " |";
        }
        out += "\n";
    }
    return out;
}

TEST(LifecyclePage, ShowsTheTablesOfTheCode) {
    const std::string text = page();
    for (const std::string& table :
         {transitions("order", all_order_states(), all_order_events(), next_state),
          transitions("card", all_card_phases(), all_card_events(), next_phase),
          transitions("return", all_return_states(), all_return_events(), next_return_state),
          actions(Actor::Buyer), actions(Actor::Staff)}) {
        EXPECT_NE(text.find(table), std::string::npos)
            << "docs/lifecycle.md must have this table:\n\n"
            << table;
    }
}

}  // namespace
}  // namespace verso::records

// SPDX-License-Identifier: Apache-2.0
#include "app/life_settings.h"

#include <algorithm>

namespace verso::app {

namespace {

constexpr int kLongestGrace = 30 * 24 * 60;  // minutes: a month, beyond that it is no grace
constexpr int kLongestDays = 3650;

/// One cell of the table: the states named in a list.
void read_action(ConfigSection& section, records::Actor actor, const std::string& name,
                 records::ActionTable& into) {
    std::vector<std::string> names;
    section.texts(name, names);
    auto action = records::parse_action(name);
    if (!action) return section.fail(name, "is no action; " + action.error().cure);
    std::vector<records::OrderState> states;
    for (const std::string& text : names) {
        auto state = records::parse_order_state(text);
        if (!state) return section.fail(name, state.error().message + "; " + state.error().cure);
        states.push_back(*state);
    }
    if (auto set = into.allow(actor, *action, states); !set) {
        section.fail(name, "cannot be: " + set.error().message);
    }
}

}  // namespace

std::vector<ConfigSection> read_life(ConfigSection& root, LifeSettings& into) {
    ConfigSection release = root.section("release");
    release.number("grace_minutes", 0, kLongestGrace, into.release.grace_minutes);
    release.flag("require_full_stock", into.release.require_full_stock);
    release.flag("wait_on_hold", into.release.wait_on_hold);
    ConfigSection cards = root.section("cards");
    cards.number("amend_days", 0, kLongestDays, into.cards.amend_days);
    cards.number("card_days", 0, kLongestDays, into.cards.card_days);
    ConfigSection review = root.section("review");
    review.texts("reviewers", into.reviewers);
    if (std::find(into.reviewers.begin(), into.reviewers.end(), "") != into.reviewers.end()) {
        review.fail("reviewers", "must not hold an empty name");
    }
    review.flag("double", into.two_looks);
    review.texts("supervisors", into.supervisors);
    ConfigSection actions = root.section("actions");
    std::vector<ConfigSection> read;
    for (const records::Actor actor : records::all_actors()) {
        ConfigSection own = actions.section(records::to_string(actor));
        for (const std::string& name : own.keys()) read_action(own, actor, name, into.actions);
        read.push_back(own);
    }
    read.insert(read.end(), {release, cards, review, actions});
    return read;
}

}  // namespace verso::app

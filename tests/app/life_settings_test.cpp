// SPDX-License-Identifier: Apache-2.0
#include "app/life_settings.h"

#include <gmock/gmock.h>

#include "app/config.h"

namespace verso::app {
namespace {

using records::Action;
using records::Actor;
using records::OrderState;
using testing::ElementsAre;
using testing::HasSubstr;
using testing::IsEmpty;

constexpr const char* kShop = "[shop]\nname = \"A\"\nlink_host = \"a.example\"\n";

Result<Config> parse(const std::string& text) { return parse_config(kShop + text, "verso.toml"); }

std::string fault(const std::string& text) {
    auto config = parse(text);
    return config ? "" : config.error().text();
}

TEST(LifeSettings, WithoutAWordNothingIsHeldBackAndBuyersChangeNothing) {
    const auto config = parse("");
    ASSERT_TRUE(config) << config.error().text();
    EXPECT_EQ(config->life.release, records::ReleaseTerms{});
    EXPECT_EQ(config->life.release.grace_minutes, 0);
    EXPECT_FALSE(config->life.release.require_full_stock);
    EXPECT_EQ(config->life.cards.amend_days, 30);
    EXPECT_EQ(config->life.cards.card_days, 0);
    EXPECT_EQ(config->life.actions, records::ActionTable{});
    EXPECT_THAT(config->life.reviewers, IsEmpty());
}

TEST(LifeSettings, ReadsAllOfThem) {
    const auto config = parse(
        "[release]\ngrace_minutes = 45\nrequire_full_stock = true\nwait_on_hold = true\n"
        "[cards]\namend_days = 7\ncard_days = 400\n"
        "[review]\nreviewers = [\"Zoé\", \"Max\"]\n"
        "[actions.buyer]\ncancel = [\"placed\", \"paid\"]\nreturn = []\n"
        "[actions.staff]\nedit = [\"placed\", \"shipped\"]\n");
    ASSERT_TRUE(config) << config.error().text();
    EXPECT_THAT(config->warnings, IsEmpty());
    EXPECT_EQ(config->life.release, (records::ReleaseTerms{45, true, true}));
    EXPECT_EQ(config->life.cards, (records::CardTerms{7, 400}));
    EXPECT_THAT(config->life.reviewers, ElementsAre("Zoé", "Max"));
    const records::ActionTable& table = config->life.actions;
    EXPECT_TRUE(table.allows(Actor::Buyer, Action::Cancel, OrderState::Paid));
    EXPECT_FALSE(table.allows(Actor::Buyer, Action::Cancel, OrderState::Packing));
    EXPECT_FALSE(table.allows(Actor::Buyer, Action::Return, OrderState::Delivered));
    EXPECT_TRUE(table.allows(Actor::Staff, Action::Edit, OrderState::Shipped));
    EXPECT_FALSE(table.allows(Actor::Staff, Action::Edit, OrderState::Paid));
}

TEST(LifeSettings, WhatCannotBeMeantNamesItsLine) {
    EXPECT_THAT(fault("[release]\ngrace_minutes = -1\n"), HasSubstr("verso.toml:5"));
    EXPECT_THAT(fault("[release]\ngrace_minutes = 43201\n"), HasSubstr("release.grace_minutes"));
    EXPECT_THAT(fault("[release]\nrequire_full_stock = 1\n"), HasSubstr("true or false"));
    EXPECT_THAT(fault("[cards]\ncard_days = \"9\"\n"), HasSubstr("cards.card_days"));
    EXPECT_THAT(fault("[review]\nreviewers = [\"\"]\n"), HasSubstr("empty name"));
    EXPECT_THAT(fault("[actions.buyer]\ndelete = [\"paid\"]\n"), HasSubstr("actions.buyer.delete"));
    EXPECT_THAT(fault("[actions.buyer]\ncancel = [\"sent\"]\n"), HasSubstr("'sent'"));
    EXPECT_THAT(fault("[actions.buyer]\ncancel = \"paid\"\n"), HasSubstr("list of texts"));
    EXPECT_THAT(fault("[actions.buyer]\ncancel = [\"packing\"]\n"),
                HasSubstr("the order is being packed"));
    EXPECT_THAT(fault("[actions]\nbuyer = 1\n"), HasSubstr("actions.buyer"));
    const auto typo = parse("[release]\ngrace = 5\n[actions.packer]\ncancel = []\n");
    ASSERT_TRUE(typo);
    EXPECT_THAT(typo->warnings,
                ElementsAre(HasSubstr("release.grace"), HasSubstr("actions.packer")));
}

}  // namespace
}  // namespace verso::app

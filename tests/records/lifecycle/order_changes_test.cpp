// SPDX-License-Identifier: Apache-2.0
#include "records/lifecycle/order_changes.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <set>

#include "records/lifecycle/order_fingerprint.h"
#include "tests/records/builders.h"
#include "tests/records/order_mutations.h"

namespace verso::records {
namespace {

using namespace verso::records::testing;
using ::testing::ElementsAre;
using ::testing::HasSubstr;
using ::testing::IsEmpty;
using ::testing::Not;
using ::testing::SizeIs;

/// The sentences of what `change` does to an order of two parcels.
template <class Change>
std::vector<std::string> told(Change change) {
    const Order before = sample_order("#1001", 2);
    Order after = before;
    change(after);
    std::vector<std::string> out;
    for (const OrderChange& found : changes_between(before, after)) {
        out.push_back(to_sentence(found));
    }
    return out;
}

TEST(OrderChanges, EqualOrdersDifferInNothing) {
    const Order order = sample_order("#1001", 2);
    Order later = order;
    later.revision = 7;
    EXPECT_THAT(changes_between(order, later), IsEmpty());
    EXPECT_EQ(to_reason({}), "");
}

TEST(OrderChanges, AnAddressIsToldPartByPart) {
    EXPECT_THAT(
        told([](Order& order) {
            order.ship_to.postcode = "07150";
            order.ship_to.line2 = "Bât. B";
        }),
        ElementsAre("second line Bât. B instead of none", "postcode 07150 instead of 07140"));
}

TEST(OrderChanges, QuantityAdditionAndRemoval) {
    EXPECT_THAT(told([](Order& order) { order.lines[0].quantity = 3; }),
                ElementsAre("3 × Fleur de sel, 125 g (SEL-1) instead of 2"));
    EXPECT_THAT(told([](Order& order) {
                    order.lines.push_back({3, "TH-9", "", "Thym", "", "", 1, {300}, {300}, 2});
                }),
                ElementsAre("1 × Thym (TH-9) added"));
    EXPECT_THAT(told([](Order& order) { order.lines.pop_back(); }),
                ElementsAre("2 × Fleur de sel, 125 g (SEL-1) taken out"));
}

TEST(OrderChanges, ALineTakenOutInTheMidstIsOneRemovalAndNewPlaces) {
    Order before = sample_order();
    before.lines = {{1, "A", "", "Ail", "", "", 1, {100}, {100}, 1},
                    {2, "B", "", "Basilic", "", "", 2, {100}, {200}, 1},
                    {3, "C", "", "Cumin", "", "", 3, {100}, {300}, 1}};
    Order after = before;
    after.lines.erase(after.lines.begin() + 1);
    after.lines[1].line = 2;
    std::vector<std::string> sentences;
    for (const auto& change : changes_between(before, after)) {
        sentences.push_back(to_sentence(change));
    }
    EXPECT_THAT(sentences,
                ElementsAre("2 × Basilic (B) taken out", "place of Cumin (C) 2 instead of 3"));
}

TEST(OrderChanges, AnotherVariantInTheSamePlaceIsAReplacement) {
    EXPECT_THAT(told([](Order& order) {
                    order.lines[0].sku = "SEL-2";
                    order.lines[0].variant = "250 g";
                }),
                ElementsAre("2 × Fleur de sel, 250 g (SEL-2) instead of 2 × Fleur de sel, 125 g "
                            "(SEL-1)"));
}

TEST(OrderChanges, ParcelsAndLinesMove) {
    const auto sentences = told([](Order& order) {
        order.parcels.push_back({3, "", "", ""});
        order.lines[1].parcel = 3;
    });
    EXPECT_THAT(sentences, ElementsAre("parcel 3 added",
                                       "Fleur de sel, 125 g (SEL-1) in parcel 3 instead of 2"));
}

TEST(OrderChanges, EveryFieldIsNoticedAndTold) {
    const Order before = sample_order("#1001", 2);
    for (const auto& mutation : order_mutations()) {
        Order after = before;
        mutation.apply(after);
        ASSERT_NE(order_fingerprint(before), order_fingerprint(after)) << mutation.name;
        const auto changes = changes_between(before, after);
        ASSERT_THAT(changes, Not(IsEmpty())) << mutation.name;
        for (const OrderChange& change : changes) {
            EXPECT_NE(to_sentence(change), "") << mutation.name;
            EXPECT_NE(change.before, change.after) << mutation.name;
        }
        for (const OrderChange& back : changes_between(after, before)) {
            EXPECT_NE(back.before, back.after) << mutation.name;
        }
    }
}

TEST(OrderChanges, AReasonHoldsNothingOfTheBuyersOwn) {
    const Order before = sample_order();
    Order after = before;
    after.ship_to = {"Zoé Secret", "Secret SARL", "9 rue Secret", "", "99999", "Secretville",
                     "",           "BE"};
    after.email = "secret@example.com";
    after.phone = "secret";
    after.note = "secret";
    const std::string reason = to_reason(changes_between(before, after));
    EXPECT_THAT(reason,
                HasSubstr("another address (name, company, street, postcode, city, country)"));
    for (const char* word : {"ecret", "99999", "BE", "Exemple", "07140", "example.com"}) {
        EXPECT_THAT(reason, Not(HasSubstr(word)));
    }
}

TEST(OrderChanges, AReasonTellsThreeAndCountsTheRest) {
    const Order before = sample_order();
    Order after = before;
    after.language = "de";
    after.total = {1};
    after.shipping = {2};
    after.promised_on.reset();
    after.lines[0].quantity = 9;
    const std::string reason = to_reason(changes_between(before, after));
    EXPECT_THAT(reason, HasSubstr("; and 2 more"));
    after.lines[0].title = std::string(119, 'x') + "éééé";
    EXPECT_LT(to_reason(changes_between(before, after)).size(), 600u);
}

TEST(OrderChanges, ALongTextIsCutBetweenCharacters) {
    std::string title;
    for (int i = 0; i < 100; ++i) title += "é";
    const OrderChange change{ChangeKind::LineText, 1, "title", "a", title};
    const std::string reason = to_reason({&change, 1});
    EXPECT_THAT(reason, ::testing::EndsWith("é…"));
}

TEST(OrderChanges, EveryKindHasItsOwnName) {
    std::set<std::string_view> names;
    for (const ChangeKind kind : all_change_kinds()) names.insert(to_string(kind));
    EXPECT_THAT(names, SizeIs(all_change_kinds().size()));
    EXPECT_EQ(static_cast<std::size_t>(ChangeKind::Insider) + 1, all_change_kinds().size());
    for (std::size_t i = 0; i < all_change_kinds().size(); ++i) {
        EXPECT_EQ(static_cast<std::size_t>(all_change_kinds()[i]), i);
    }
}

TEST(OrderChanges, ManyEqualLinesArePairedQuickly) {
    Order before = sample_order();
    before.lines.assign(20'000, before.lines.front());
    for (int i = 0; i < 20'000; ++i) before.lines[std::size_t(i)].line = i + 1;
    Order after = before;
    after.lines.erase(after.lines.begin());
    for (OrderLine& line : after.lines) --line.line;
    EXPECT_THAT(changes_between(before, after), SizeIs(1));
}

}  // namespace
}  // namespace verso::records

// SPDX-License-Identifier: Apache-2.0
#include "records/lifecycle/change_effect.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <random>

#include "records/lifecycle/print_rule.h"
#include "tests/records/builders.h"
#include "tests/records/order_mutations.h"

namespace verso::records {
namespace {

using namespace verso::records::testing;
using ::testing::ElementsAre;
using ::testing::HasSubstr;
using ::testing::IsEmpty;
using ::testing::SizeIs;

CardRecord card(std::uint64_t id, int parcel, CardState state = CardState::Printed) {
    CardRecord record;
    record.insert.card = CardId{id};
    record.insert.parcel = parcel;
    record.state = state;
    return record;
}

/// An order of two parcels, both printed, and what a change of it does.
struct Bench {
    Order before = sample_order("#1001", 2), after = before;
    std::vector<CardRecord> cards{card(1, 1), card(2, 2)};

    ChangeEffect effect() const { return decide_change(before, after, cards); }
};

TEST(ChangeEffect, TheSheetOfAParcelIsVoidedByWhatItShowsAndByNothingElse) {
    for (const Mutation& mutation : order_mutations()) {
        Bench bench;
        bench.cards = {card(1, 1)};
        mutation.apply(bench.after);
        EXPECT_EQ(is_same_on_paper(bench.before, bench.after, 1), !mutation.on_paper)
            << mutation.name;
        EXPECT_THAT(bench.effect().voids, SizeIs(mutation.on_paper ? 1 : 0)) << mutation.name;
        EXPECT_EQ(bench.effect().reprints.size(), bench.effect().voids.size()) << mutation.name;
        for (const auto& gone : bench.effect().voids) {
            EXPECT_THAT(gone.reason, ::testing::StartsWith("order changed: ")) << mutation.name;
            EXPECT_GT(gone.reason.size(), 20u) << mutation.name;
        }
    }
}

TEST(ChangeEffect, TellsWhatChangedOnEachSheet) {
    Bench bench;
    bench.after.lines[0].quantity = 1;
    bench.after.ship_to.postcode = "07150";
    const ChangeEffect effect = bench.effect();
    ASSERT_THAT(effect.voids, SizeIs(2));
    EXPECT_EQ(effect.voids[0].card, CardId{1});
    EXPECT_EQ(effect.voids[0].reason,
              "order changed: another address (postcode); 1 × Fleur de sel, 125 g (SEL-1) instead "
              "of 2");
    EXPECT_EQ(effect.voids[1].reason, "order changed: another address (postcode)");
    EXPECT_THAT(effect.reprints, ElementsAre(1, 2));
}

TEST(ChangeEffect, WhatTheOtherParcelHoldsIsOnThisSheetTooAndIsTold) {
    Bench bench;
    bench.cards = {card(1, 1)};
    bench.after.lines[1].quantity = 5;
    ASSERT_THAT(bench.effect().voids, SizeIs(1));
    EXPECT_THAT(bench.effect().voids[0].reason, HasSubstr("5 × Fleur de sel"));
}

TEST(ChangeEffect, ACancelledOrUnpaidOrderHasNoCardAndNoReprint) {
    Bench bench;
    bench.after.status = OrderStatus::Cancelled;
    EXPECT_THAT(bench.effect().voids, SizeIs(2));
    EXPECT_EQ(bench.effect().voids[0].reason, "order cancelled");
    EXPECT_THAT(bench.effect().reprints, IsEmpty());
    bench.after = bench.before;
    bench.after.payment = PaymentStatus::Unpaid;
    EXPECT_EQ(bench.effect().voids.at(0).reason, "order is not paid any more");
    EXPECT_THAT(bench.effect().reprints, IsEmpty());
}

TEST(ChangeEffect, OnlyACardThatIsOutAndUnansweredIsVoided) {
    Bench bench;
    bench.after.ship_to.city = "Vagnas";
    bench.cards = {card(1, 1, CardState::Answered), card(2, 1, CardState::Voided), card(3, 1)};
    ASSERT_THAT(bench.effect().voids, SizeIs(1));
    EXPECT_EQ(bench.effect().voids[0].card, CardId{3});
    EXPECT_THAT(bench.effect().reprints, ElementsAre(1));
    bench.cards = {card(1, 1, CardState::Answered), card(2, 1, CardState::Voided)};
    EXPECT_TRUE(bench.effect().is_empty());
}

TEST(ChangeEffect, AParcelThatIsGoneIsVoidedAndNotPrintedAgain) {
    Bench bench;
    bench.after.parcels.pop_back();
    bench.after.lines[1].parcel = 1;
    const ChangeEffect effect = bench.effect();
    ASSERT_THAT(effect.voids, SizeIs(2));
    EXPECT_EQ(effect.voids[1].reason, "parcel 2 is no longer part of the order");
    EXPECT_THAT(effect.reprints, ElementsAre(1));
}

TEST(ChangeEffect, WhatHasLeftStaysWhateverTheChange) {
    for (const auto status : {OrderStatus::Shipped, OrderStatus::Delivered}) {
        for (const bool now : {false, true}) {
            for (const Mutation& mutation : order_mutations()) {
                Bench bench;
                if (!now) bench.before.status = status;
                mutation.apply(bench.after);
                if (now) bench.after.status = status;
                EXPECT_TRUE(bench.effect().is_empty()) << mutation.name;
            }
        }
    }
    // Cancelling an order that is under way takes nobody's say away.
    Bench bench;
    bench.before.status = OrderStatus::Shipped;
    bench.after.status = OrderStatus::Cancelled;
    EXPECT_TRUE(bench.effect().is_empty());
}

TEST(ChangeEffect, OfAPartlyShippedOrderTheTrackedParcelHasLeft) {
    Bench bench;
    bench.before.status = bench.after.status = OrderStatus::PartlyShipped;
    bench.before.parcels[1].tracking = bench.after.parcels[1].tracking = "";
    bench.after.ship_to.city = "Vagnas";
    ASSERT_THAT(bench.effect().voids, SizeIs(1));
    EXPECT_EQ(bench.effect().voids[0].parcel, 2);
    const Order one = sample_order();
    Order two = one;
    two.status = OrderStatus::PartlyShipped;
    two.parcels[0].tracking = "";
    two.ship_to.city = "Vagnas";
    EXPECT_TRUE(decide_change(one, two, std::vector{card(1, 1)}).is_empty());
}

TEST(ChangeEffect, AParcelThatACarrierScannedHasLeft) {
    Bench bench;
    bench.after.ship_to.city = "Vagnas";
    const ChangeEffect effect =
        decide_change(bench.before, bench.after, bench.cards, std::vector{1});
    ASSERT_THAT(effect.voids, SizeIs(1));
    EXPECT_EQ(effect.voids[0].parcel, 2);
    EXPECT_THAT(effect.reprints, ElementsAre(2));
}

TEST(ChangeEffect, ACarrierThatBecomesKnownVoidsNothing) {
    Bench bench;
    bench.before.parcels[0].carrier = bench.before.parcels[0].service = "";
    EXPECT_TRUE(bench.effect().is_empty());
}

TEST(CheckPrintCurrent, APrintOfAnOlderRevisionIsTakenOnlyIfItShowsTheSame) {
    const Order printed = sample_order("#1001", 2);
    for (const Mutation& mutation : order_mutations()) {
        Order now = printed;
        now.revision = 2;
        mutation.apply(now);
        EXPECT_EQ(check_print_current(printed, now, 1).has_value(), !mutation.on_paper)
            << mutation.name;
    }
    Order now = printed;
    now.revision = 2;
    now.lines[0].quantity = 1;
    const auto refused = check_print_current(printed, now, 1);
    EXPECT_EQ(refused.error().code, ErrorCode::NotAllowed);
    EXPECT_EQ(refused.error().message,
              "#1001 parcel 1 was printed as revision 1, the order is at 2: order changed: 1 × "
              "Fleur de sel, 125 g (SEL-1) instead of 2");
    now.status = OrderStatus::Cancelled;
    EXPECT_FALSE(check_print_current(now, now, 1));
}

/// What the two rules promise together: whatever the sequence of changes and of prints that began
/// at any earlier moment, a card that is valid shows the order as it is.
TEST(ChangeEffect, RacesOfChangeAgainstPrintNeverLeaveAWrongSheetValid) {
    constexpr unsigned kSeed = 20261122;
    std::mt19937 random(kSeed);
    const auto mutations = order_mutations();
    const auto below = [&](std::size_t end) { return std::size_t(random() % end); };
    int prints = 0, voids = 0;
    for (int race = 0; race < 1000; ++race) {
        std::vector<Order> revisions{sample_order("#1001", 2)};
        std::vector<CardRecord> cards;
        for (int step = 0; step < 12; ++step) {
            const Order now = revisions.back();
            if (random() % 2 == 0) {
                Order next = random() % 4 == 0 ? revisions.at(below(revisions.size())) : now;
                if (next.lines.size() == 2 && next.parcels.size() == 2) {
                    mutations.at(below(mutations.size())).apply(next);
                }
                next.revision = now.revision + 1;
                for (const auto& gone : decide_change(now, next, cards).voids) {
                    for (auto& one : cards) {
                        if (one.insert.card == gone.card) one.state = CardState::Voided;
                    }
                    ++voids;
                }
                revisions.push_back(next);
            } else {
                const Order& set = revisions.at(below(revisions.size()));
                if (!check_print_current(set, now, 1)) continue;
                if (plan_print(now, 1, cards, false).decision != PrintDecision::Fresh) continue;
                cards.push_back(card(cards.size() + 1, 1));
                ++prints;
                cards.back().insert.revision = set.revision;
            }
            for (const auto& one : cards) {
                if (one.state != CardState::Printed) continue;
                const Order& set = revisions.at(std::size_t(one.insert.revision) - 1);
                ASSERT_TRUE(is_same_on_paper(set, revisions.back(), 1))
                    << "seed " << kSeed << " race " << race << " step " << step;
            }
        }
    }
    EXPECT_GT(prints, 1000);
    EXPECT_GT(voids, 500);
}

}  // namespace
}  // namespace verso::records

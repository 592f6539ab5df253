// SPDX-License-Identifier: Apache-2.0
#include "records/lifecycle/return_life.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <random>

#include "records/lifecycle/return_refund.h"
#include "tests/records/builders.h"
#include "tests/records/lifecycle/transition_text.h"

namespace verso::records {
namespace {

using namespace verso::records::testing;
using ::testing::ElementsAre;
using ::testing::HasSubstr;
using ::testing::IsEmpty;
using ::testing::SizeIs;

TEST(ReturnLife, EveryCell) {
    EXPECT_EQ(table_text(all_return_states(), all_return_events(), next_return_state), squeezed(R"(
        announced  in-transit received x         x        x         cancelled
        in-transit .          received x         x        x         x
        received   .          .        inspected x        x         x
        inspected  .          .        .         refunded exchanged x
        refunded   .          .        x         x        x         x
        exchanged  .          .        x         x        x         x
        cancelled  in-transit received x         x        x         .
    )"));
    for (const ReturnState state : all_return_states()) {
        for (const ReturnEvent event : all_return_events()) {
            const auto step = next_return_state(state, event);
            EXPECT_EQ(step.is_refused(), !step.why.empty());
        }
        EXPECT_EQ(parse_return_state(to_string(state)).value(), state);
    }
}

TEST(ReturnLife, NothingIsPaidBeforeItWasSeenNorTwice) {
    for (const ReturnState state : all_return_states()) {
        for (const ReturnEvent pays : {ReturnEvent::Refund, ReturnEvent::Exchange}) {
            EXPECT_EQ(next_return_state(state, pays).is_refused(), state != ReturnState::Inspected);
        }
    }
}

/// Three articles: 2 × 13.80 in all, 3 × 10.00, 1 × 5.00; shipping 4.90.
Order bought() {
    Order order = sample_order();
    order.lines = {{1, "A", "", "Ail", "", "", 2, {690}, {1380}, 1},
                   {2, "B", "", "Basilic", "", "", 3, {334}, {1000}, 1},
                   {3, "", "", "Cumin", "", "", 1, {500}, {500}, 1}};
    order.total = {1380 + 1000 + 500 + 490};
    return order;
}

Return inspected(std::vector<ReturnLine> lines) {
    Return made;
    made.rma = Rma{"7QF2M4KD9"};
    made.order = OrderNumber{"#1001"};
    made.state = ReturnState::Inspected;
    made.lines = std::move(lines);
    return made;
}

ReturnLine line(int number, int expected, int received, Condition condition = Condition::AsNew) {
    return {number, expected, received, ReturnReason::ChangedMind, condition};
}

TEST(CheckReturn, NoMoreIsAnnouncedThanIsLeft) {
    const Order order = bought();
    EXPECT_TRUE(check_return(inspected({line(1, 2, 0), line(3, 1, 0)}), order));
    EXPECT_TRUE(check_return(inspected({line(1, 2, 5)}), order));  // what came is a fact
    EXPECT_FALSE(check_return(inspected({line(1, 3, 0)}), order));
    EXPECT_FALSE(check_return(inspected({line(1, -1, 0)}), order));
    EXPECT_FALSE(check_return(inspected({line(4, 1, 0)}), order));
    EXPECT_FALSE(check_return(inspected({line(1, 1, 0), line(1, 1, 0)}), order));
    Return other = inspected({line(1, 1, 1)});
    other.rma = Rma{"OTHER"};
    EXPECT_FALSE(check_return(inspected({line(1, 2, 0)}), order, std::vector{other}));
    EXPECT_TRUE(check_return(inspected({line(1, 1, 0)}), order, std::vector{other}));
    other.state = ReturnState::Cancelled;
    EXPECT_TRUE(check_return(inspected({line(1, 2, 0)}), order, std::vector{other}));
    EXPECT_THAT(check_return(inspected({line(2, 9, 0)}), order).error().message,
                HasSubstr("more than the 3"));
}

TEST(Differences, ExpectedAgainstReceived) {
    const Return made = inspected({line(1, 2, 1), line(2, 0, 1), line(3, 1, 1)});
    EXPECT_THAT(differences(made, bought()),
                ElementsAre("1 of 2 × Ail (A) is missing", "1 × Basilic (B) came unannounced"));
    EXPECT_THAT(differences(inspected({line(2, 1, 3)}), bought()),
                ElementsAre("3 × Basilic (B) came, 2 more than announced"));
    Return announced = made;
    announced.state = ReturnState::Announced;
    EXPECT_THAT(differences(announced, bought()), IsEmpty());
}

TEST(Refund, PaysTheShareOfWhatCameAndShippingWhenAllDid) {
    const Order order = bought();
    const auto part = propose_refund(inspected({line(1, 2, 1)}), order);
    EXPECT_THAT(part.lines, ElementsAre(RefundLine{1, 1, {690}}));
    EXPECT_EQ(part.shipping, Money{});
    EXPECT_EQ(part.total, Money{690});
    const auto all =
        propose_refund(inspected({line(1, 2, 2), line(2, 3, 3), line(3, 1, 1)}), order);
    EXPECT_EQ(all.shipping, Money{490});
    EXPECT_EQ(all.total, order.total);
    EXPECT_THAT(propose_refund(inspected({line(1, 2, 0)}), order).lines, IsEmpty());
}

TEST(Refund, SharesOfSeveralReturnsAddUpToTheCent) {
    const Order order = bought();
    std::vector<Return> earlier;
    std::int64_t sum = 0;
    for (int piece = 0; piece < 3; ++piece) {
        Return made = inspected({line(2, 1, 1)});
        made.rma = Rma{"R" + std::to_string(piece)};
        sum += propose_refund(made, order, earlier).lines.at(0).amount.minor;
        made.state = ReturnState::Refunded;
        earlier.push_back(made);
    }
    EXPECT_EQ(sum, 1000);
    // A fourth piece was never bought.
    EXPECT_EQ(propose_refund(inspected({line(2, 0, 1)}), order, earlier).total, Money{0});
}

TEST(Refund, NeverMoreThanWasPaidHoweverMuchCame) {
    Order order = bought();
    const auto much = propose_refund(inspected({line(1, 2, 1'000'000)}), order);
    EXPECT_EQ(much.total, Money{1380});
    order.total = {1000};  // a voucher paid the rest
    EXPECT_EQ(propose_refund(inspected({line(1, 2, 2)}), order).total, Money{1000});
    EXPECT_EQ(share_of({1'000'000'000'000'000}, 1'000'000, 0, 999'999).minor, 999'999'000'000'000);
    EXPECT_EQ(share_of({100}, 0, 0, 1), Money{});
}

TEST(Refund, DoubtIsToldAndDecidedByAPerson) {
    const Order order = bought();
    const auto doubt = [&](Condition condition, ReturnReason reason) {
        ReturnLine one = line(1, 1, 1, condition);
        one.reason = reason;
        return propose_refund(inspected({one}), order).lines.at(0).doubt;
    };
    EXPECT_EQ(doubt(Condition::AsNew, ReturnReason::ChangedMind), "");
    EXPECT_EQ(doubt(Condition::Opened, ReturnReason::TooSmall), "");
    EXPECT_NE(doubt(Condition::Used, ReturnReason::ChangedMind), "");
    EXPECT_NE(doubt(Condition::Damaged, ReturnReason::NotSaid), "");
    EXPECT_EQ(doubt(Condition::Damaged, ReturnReason::Damaged), "");
    EXPECT_NE(doubt(Condition::NotInspected, ReturnReason::Damaged), "");
}

TEST(Refund, SharesAddUpWhateverTheCut) {
    constexpr unsigned kSeed = 11;
    std::mt19937 random(kSeed);
    for (int round = 0; round < 2000; ++round) {
        const int quantity = 1 + int(random() % 40);
        const Money total{std::int64_t(random() % 100'000)};
        std::int64_t sum = 0;
        for (int before = 0; before < quantity;) {
            const int pieces = 1 + int(random() % 5);
            const auto share = share_of(total, quantity, before, pieces);
            ASSERT_GE(share.minor, 0);
            sum += share.minor;
            before += pieces;
        }
        ASSERT_EQ(sum, total.minor) << "seed " << kSeed;
    }
}

}  // namespace
}  // namespace verso::records

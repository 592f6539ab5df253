// SPDX-License-Identifier: Apache-2.0
#include <gmock/gmock.h>

#include "records/store/return_book.h"
#include "tests/contract/any_store.h"

namespace verso::records::testing {
namespace {

using ::testing::ElementsAre;
using ::testing::HasSubstr;
using ::testing::IsEmpty;
using ::testing::SizeIs;

const ShopId kShop{1};
const Rma kRma{"7QF2M4KD9"};

/// A shop with order #1001: two lines of two pieces each.
class ReturnsContract : public AnyStore {
  protected:
    void SetUp() override {
        AnyStore::SetUp();
        ASSERT_TRUE(store_->save_order(kShop, sample_order("#1001", 2), at(0)));
    }
    ReturnBook& book() { return store_->returns(); }

    static Return made(const Rma& rma = kRma, std::string label = "RR473124829FR") {
        Return out;
        out.rma = rma;
        out.order = OrderNumber{"#1001"};
        out.parcel = 2;
        out.channel = ReturnChannel::Sheet;
        out.wish = ReturnWish::Exchange;
        out.label = std::move(label);
        out.comment = "Trop petit ;-)";
        out.lines = {{1, 1, 0, ReturnReason::TooSmall}};
        return out;
    }
    void announce(const Return& one) {
        auto done = book().announce(kShop, one, "Zoé", at(1));
        ASSERT_TRUE(done) << done.error().text();
    }
    ReturnState move(ReturnEvent event) {
        auto moved = book().move(kShop, kRma, event, "Max", "", at(2));
        EXPECT_TRUE(moved) << moved.error().text();
        return moved ? moved->state : ReturnState::Cancelled;
    }
    ErrorCode refused(ReturnEvent event) {
        auto moved = book().move(kShop, kRma, event, "Max", "", at(2));
        EXPECT_FALSE(moved);
        return moved ? ErrorCode::Internal : moved.error().code;
    }
};

TEST_P(ReturnsContract, GivesBackWhatWasAnnounced) {
    Return one = made();
    one.state = ReturnState::Refunded;  // nobody begins at the end
    announce(one);
    if (!is_memory()) reopen();
    one.state = ReturnState::Announced;
    EXPECT_EQ(book().find(kShop, kRma).value(), one);
    EXPECT_THAT(book().of_order(kShop, OrderNumber{"#1001"}).value(), ElementsAre(one));
    EXPECT_THAT(book().list(kShop, ReturnState::Announced, 10).value(), SizeIs(1));
    EXPECT_THAT(book().list(kShop, ReturnState::Received, 10).value(), IsEmpty());
    EXPECT_EQ(book().find(kShop, Rma{"OTHER"}).value(), std::nullopt);
}

TEST_P(ReturnsContract, RefusesWhatCannotBe) {
    announce(made());
    EXPECT_EQ(book().announce(kShop, made(), "Zoé", at(1)).error().code, ErrorCode::AlreadyExists);
    Return more = made(Rma{"SECOND"});
    more.lines[0].expected = 2;  // one of the two is announced already
    EXPECT_EQ(book().announce(kShop, more, "Zoé", at(1)).error().code, ErrorCode::ValueInvalid);
    more.order = OrderNumber{"#9"};
    EXPECT_EQ(book().announce(kShop, more, "Zoé", at(1)).error().code, ErrorCode::NotFound);
    EXPECT_THAT(book().list(kShop, {}, 10).value(), SizeIs(1));
    EXPECT_EQ(book().move(kShop, Rma{"SECOND"}, ReturnEvent::Receive, "x", "", at(1)).error().code,
              ErrorCode::NotFound);
}

TEST_P(ReturnsContract, GoesItsWayAndKeepsWhoDidWhat) {
    announce(made());
    EXPECT_EQ(refused(ReturnEvent::Refund), ErrorCode::NotAllowed);
    EXPECT_EQ(move(ReturnEvent::Receive), ReturnState::Received);
    EXPECT_EQ(move(ReturnEvent::Receive), ReturnState::Received);  // scanned twice: entered once
    const std::vector<ReturnLine> counted{
        {1, 0, 1, ReturnReason::NotSaid, Condition::Opened, "ouvert", {"images/ab.jpg"}},
        {2, 0, 1, ReturnReason::NotSaid, Condition::AsNew}};
    const Return seen = book().inspect(kShop, kRma, counted, "Léa", at(3)).value();
    EXPECT_EQ(seen.state, ReturnState::Inspected);
    EXPECT_THAT(
        seen.lines,
        ElementsAre(
            ReturnLine{
                1, 1, 1, ReturnReason::TooSmall, Condition::Opened, "ouvert", {"images/ab.jpg"}},
            ReturnLine{2, 0, 1, ReturnReason::NotSaid, Condition::AsNew}));
    EXPECT_EQ(book().find(kShop, kRma).value(), seen);
    EXPECT_EQ(move(ReturnEvent::Refund), ReturnState::Refunded);
    EXPECT_EQ(refused(ReturnEvent::Refund), ErrorCode::NotAllowed);
    EXPECT_THAT(book().history(kShop, kRma).value(),
                ElementsAre(ReturnEntry{at(1), "Zoé", "announce", "Trop petit ;-)"},
                            ReturnEntry{at(2), "Max", "receive", ""},
                            ReturnEntry{at(3), "Léa", "inspect", ""},
                            ReturnEntry{at(2), "Max", "refund", ""}));
}

TEST_P(ReturnsContract, InspectionCountsOnlyLinesOfTheOrder) {
    announce(made());
    move(ReturnEvent::Receive);
    EXPECT_EQ(
        book().inspect(kShop, kRma, std::vector<ReturnLine>{{7, 0, 1}}, "L", at(3)).error().code,
        ErrorCode::ValueInvalid);
    EXPECT_EQ(book().find(kShop, kRma).value()->state, ReturnState::Received);
}

TEST_P(ReturnsContract, FindsTheReturnBehindWhatAScannerGives) {
    announce(made());
    announce(made(Rma{"SECOND"}, "779017972697"));
    Return third = made(Rma{"THIRD"}, "rr 473124829 fr");
    third.lines = {{2, 1, 0}};
    EXPECT_EQ(book().announce(kShop, third, "Zoé", at(1)).has_value(), true);
    const auto fedex = book().match(kShop, "1001921334250001000300779017972697").value();
    ASSERT_THAT(fedex, SizeIs(1));
    EXPECT_EQ(fedex[0].rma.get(), "SECOND");
    EXPECT_EQ(fedex[0].grade, MatchGrade::Carrier);
    EXPECT_THAT(book().match(kShop, "RR473124829FR").value(), SizeIs(2)) << "never a guess";
    EXPECT_THAT(book().match(kShop, "7qf2-m4kd-9").value(), SizeIs(1));
    EXPECT_THAT(book().match(kShop, "nothing known").value(), IsEmpty());
}

TEST_P(ReturnsContract, NoShopSeesAnothersReturns) {
    announce(made());
    const ShopId other = store_->create_shop("Autre").value();
    ASSERT_TRUE(store_->save_order(other, sample_order("#1001", 2), at(0)));
    EXPECT_EQ(book().find(other, kRma).value(), std::nullopt);
    EXPECT_THAT(book().of_order(other, OrderNumber{"#1001"}).value(), IsEmpty());
    EXPECT_THAT(book().list(other, {}, 10).value(), IsEmpty());
    EXPECT_THAT(book().history(other, kRma).value(), IsEmpty());
    EXPECT_THAT(book().match(other, "RR473124829FR").value(), IsEmpty());
    EXPECT_FALSE(book().move(other, kRma, ReturnEvent::Receive, "x", "", at(1)));
    EXPECT_FALSE(book().inspect(other, kRma, {}, "x", at(1)));
    EXPECT_TRUE(book().announce(other, made(), "x", at(1))) << "an RMA is the shop's own";
}

TEST_P(ReturnsContract, APlugPulledAnywhereLeavesNothingHalf) {
    for (int writes = 0; writes < 8; ++writes) {
        const Rma rma{"R" + std::to_string(writes)};
        Return one = made(rma);
        one.lines = {};
        fail_after_ = writes;
        const auto done = book().announce(kShop, one, "Zoé", at(1));
        fail_after_.reset();
        const auto kept = book().find(kShop, rma).value();
        EXPECT_EQ(kept.has_value(), done.has_value()) << writes;
        EXPECT_THAT(book().history(kShop, rma).value(), SizeIs(done ? 1 : 0)) << writes;
    }
}

VERSO_ON_EVERY_STORE(ReturnsContract);

}  // namespace
}  // namespace verso::records::testing

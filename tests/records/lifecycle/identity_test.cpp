// SPDX-License-Identifier: Apache-2.0
// A clean reading of a card that was printed, with one thing changed per case.
#include "records/lifecycle/identity.h"

#include <gtest/gtest.h>

#include "tests/records/builders.h"

namespace verso::records {
namespace {

using namespace verso::records::testing;

class Identity : public ::testing::Test {
  protected:
    Identity() {
        record_.shop = ShopId{1};
        record_.insert = printed_.insert;
    }
    /// Checks and gives the reasons' codes.
    std::vector<RejectionCode> reasons(bool known = true) {
        check_identity(reading_, known ? std::optional{record_} : std::nullopt,
                       {ShopId{1}, "avis.example.com", terms_, now_});
        std::vector<RejectionCode> codes;
        for (const Rejection& reason : reading_.reasons) codes.push_back(reason.code);
        EXPECT_EQ(reading_.verdict, codes.empty() ? Verdict::Accepted : Verdict::Review);
        return codes;
    }
    using Codes = std::vector<RejectionCode>;

    Printed printed_ = sample_print(OrderNumber{"#1001"}, LayoutNumber{3}, 1);
    CardRecord record_;
    CardTerms terms_;
    Instant now_ = at(100);
    Reading reading_ = sample_reading(printed_);
};

TEST_F(Identity, AGoodCardPassesAndGetsItsOrder) {
    EXPECT_TRUE(reasons().empty());
    EXPECT_EQ(reading_.order, "#1001");
}

TEST_F(Identity, UnknownCard) { EXPECT_EQ(reasons(false), Codes{RejectionCode::UnknownCard}); }

TEST_F(Identity, ForgedSecret) {
    reading_.secret = sample_print(OrderNumber{"#1001"}, LayoutNumber{3}, 2).secret;
    EXPECT_EQ(reasons(), Codes{RejectionCode::ForgedSecret});
}

TEST_F(Identity, VoidedCard) {
    record_.state = CardState::Voided;
    EXPECT_EQ(reasons(), Codes{RejectionCode::VoidedCard});
}

TEST_F(Identity, ACardIsExpiredFromTheVerySecondOn) {
    terms_.card_days = 30;
    now_ = record_.insert.printed_at + std::chrono::hours(24 * 30) - std::chrono::seconds(1);
    EXPECT_TRUE(reasons().empty());
    EXPECT_TRUE(check_answerable(record_, terms_, now_));
    now_ += std::chrono::seconds(1);
    EXPECT_EQ(check_answerable(record_, terms_, now_).error().code, ErrorCode::NotAllowed);
    EXPECT_EQ(reasons(), Codes{RejectionCode::ExpiredCard});
}

TEST_F(Identity, AnAnsweredCardDoesNotExpire) {
    terms_.card_days = 1;
    now_ = at(100'000'000);
    record_.state = CardState::Answered;
    record_.phase = CardPhase::Final;
    EXPECT_TRUE(reasons().empty());
}

TEST_F(Identity, AForgottenSecretIsNotAForgedOne) {
    record_.insert.proof = {};
    record_.phase = CardPhase::Expired;
    EXPECT_EQ(reasons(), Codes{RejectionCode::ExpiredCard});
}

TEST_F(Identity, AnAnsweredCardWithoutItsProofIsNotTakenAgain) {
    record_.insert.proof = {};
    record_.phase = CardPhase::Final;
    record_.state = CardState::Answered;
    EXPECT_EQ(reasons(), Codes{RejectionCode::Duplicate});
}

TEST_F(Identity, AVoidedCardIsNotAnswerable) {
    record_.state = CardState::Voided;
    EXPECT_EQ(check_answerable(record_, terms_, now_).error().code, ErrorCode::NotAllowed);
}

TEST_F(Identity, AnotherLayoutThanPrinted) {
    reading_.layout = LayoutNumber{4};
    EXPECT_EQ(reasons(), Codes{RejectionCode::UnknownLayout});
}

TEST_F(Identity, AnotherHost) {
    reading_.host = "evil.example.com";
    EXPECT_EQ(reasons(), Codes{RejectionCode::ForeignLink});
}

TEST_F(Identity, AnotherHostAndNoCardOfOursIsSaidOnce) {
    reading_.host = "evil.example.com";
    EXPECT_EQ(reasons(false), Codes{RejectionCode::ForeignLink});
}

TEST_F(Identity, AnotherShopsCardTellsNothingOfItsOrder) {
    record_.shop = ShopId{2};
    EXPECT_EQ(reasons(), Codes{RejectionCode::ForeignLink});
    EXPECT_EQ(reading_.order, "");
}

TEST_F(Identity, WithoutASecretOnlyTheFirstAnswerPasses) {
    reading_.identified_by = IdentifiedBy::SecondCode;
    reading_.secret.reset();
    reading_.host.clear();
    EXPECT_TRUE(reasons().empty());
    record_.state = CardState::Answered;
    EXPECT_EQ(reasons(), Codes{RejectionCode::Duplicate});
}

TEST_F(Identity, WithItsSecretAnAnsweredCardPassesOn) {
    record_.state = CardState::Answered;
    EXPECT_TRUE(reasons().empty());
}

TEST_F(Identity, AReadingWithoutACardIsLeftAlone) {
    reading_.card.reset();
    EXPECT_TRUE(reasons(false).empty());
}

}  // namespace
}  // namespace verso::records

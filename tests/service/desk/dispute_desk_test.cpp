// SPDX-License-Identifier: Apache-2.0
// From the buyer's word that an answer is not theirs to what the staff decides.
#include "service/desk/dispute_desk.h"

#include <gmock/gmock.h>

#include "records/store/desk_book.h"
#include "service_fixture.h"

namespace verso::service {
namespace {

using records::Role;
using ::testing::Contains;
using ::testing::HasSubstr;
using ::testing::IsEmpty;
using ::testing::Not;
using ::testing::SizeIs;

const OrderNumber kOrder{"#1001"};

class DisputeTest : public testing::ServiceTest {
  protected:
    void SetUp() override {
        ServiceTest::SetUp();
        zoe_ = staff(Role::Reviewer);
    }
    std::string page() { return *get(page_of(card_)).body; }
    void answer_and_dispute() {
        ASSERT_EQ(post(page_of(card_), "q.overall=1").status, 303);
        ASSERT_EQ(post(page_of(card_) + "/dispute", "").status, 303);
    }
    std::vector<records::Disputed> open() {
        return records::desk_of(store()).open_disputes(ShopId{1}, 9).value();
    }
    std::string customer() { return *get_as(zoe_, "/desk/main/customers?order=%231001").body; }
    bool counts() { return store().find_rating(ShopId{1}, kOrder).value().has_value(); }

    Staff zoe_;
};

TEST_F(DisputeTest, ABuyerSaysItOnceAndOnlyOfAnAnswer) {
    EXPECT_EQ(post(page_of(card_) + "/dispute", "").status, 303);
    EXPECT_THAT(open(), IsEmpty()) << "there is no answer";
    ASSERT_EQ(post(page_of(card_), "q.overall=1").status, 303);
    EXPECT_THAT(page(), HasSubstr("/dispute"));
    for (int i = 0; i < 2; ++i) EXPECT_EQ(post(page_of(card_) + "/dispute", "").status, 303);
    EXPECT_THAT(open(), SizeIs(1));
    EXPECT_EQ(records::desk_of(store()).disputes(ShopId{1}).value(), 1);
    EXPECT_THAT(page(), HasSubstr("n’est pas de vous"));
    EXPECT_THAT(page(), Not(HasSubstr("/dispute\"")));
    EXPECT_TRUE(counts()) << "until somebody looked into it";
    EXPECT_EQ(post("/K/" + format_typed_code(card_.id) + "/dispute", "").status, 404);
}

TEST_F(DisputeTest, TheReviewAndTheCustomersPageShowIt) {
    answer_and_dispute();
    EXPECT_THAT(*get_as(zoe_, "/desk/main/review").body, HasSubstr("customers?order=%231001"));
    EXPECT_THAT(customer(), HasSubstr("name=\"act\" value=\"remove\""));
    const auto packer = staff(Role::Packer);
    const std::string theirs = *get_as(packer, "/desk/main/customers?order=%231001").body;
    EXPECT_THAT(theirs, Not(HasSubstr("value=\"remove\"")));
}

TEST_F(DisputeTest, ItIsSettledWithAReason) {
    answer_and_dispute();
    const std::string place = "/desk/main/disputes", order = "order=%231001";
    EXPECT_EQ(post_as(zoe_, place, order + "&act=remove").status, 422);
    EXPECT_TRUE(counts());
    EXPECT_EQ(post_as(zoe_, place, order + "&act=remove&reason=another+hand").status, 303);
    EXPECT_FALSE(counts());
    EXPECT_THAT(open(), IsEmpty());
    EXPECT_EQ(records::desk_of(store()).disputes(ShopId{1}).value(), 1) << "it stays counted";
    EXPECT_THAT(audit(), Contains(HasSubstr("dispute remove #1001")));
    EXPECT_EQ(post_as(zoe_, place, order + "&act=keep&reason=again").status, 409);
}

TEST_F(DisputeTest, AnAnswerMayStay) {
    answer_and_dispute();
    EXPECT_EQ(
        post_as(zoe_, "/desk/main/disputes", "order=%231001&act=keep&reason=same+hand").status,
        303);
    EXPECT_TRUE(counts());
    EXPECT_THAT(open(), IsEmpty());
    EXPECT_THAT(customer(), HasSubstr("same hand"));
}

}  // namespace
}  // namespace verso::service

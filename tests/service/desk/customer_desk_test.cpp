// SPDX-License-Identifier: Apache-2.0
// The customer page and the returns.
#include <gmock/gmock.h>

#include "service/http/web_text.h"
#include "service_fixture.h"

namespace verso::service {
namespace {

using records::Action;
using records::Role;
using ::testing::Contains;
using ::testing::HasSubstr;
using ::testing::Not;

class CustomerDeskTest : public testing::ServiceTest {
  protected:
    void SetUp() override {
        ServiceTest::SetUp();
        mia_ = staff(Role::Merchant);
        emma_ = staff(Role::Packer);
    }
    static std::string body_of(const HttpResponse& response) {
        return response.body ? *response.body : "";
    }
    HttpResponse search(const std::string& text) {
        return get_as(mia_, "/desk/main/customers?q=" + encode_segment(text));
    }
    HttpResponse act(const std::string& fields) {
        return post_as(mia_, kPlace, "order=%231001&" + fields);
    }
    Order order() { return store().find_order(ShopId{1}, OrderNumber{"#1001"}).value(); }
    /// The order has left, and its goods come back; the return's place.
    std::string announce() {
        records::CarrierEvent event;
        event.event_id = "1";
        event.tracking = order().parcels.front().tracking;
        event.status = records::ParcelStatus::InTransit;
        event.at = {clock_.at, {}};
        EXPECT_TRUE(store().parcel_events().keep(ShopId{1}, std::span(&event, 1), clock_.at));
        const auto done = act("act=return&pieces.1=2&why.1=damaged&wish=refund");
        EXPECT_EQ(done.status, 303) << body_of(done);
        const auto made = store().returns().of_order(ShopId{1}, OrderNumber{"#1001"}).value();
        return made.empty() ? "" : "/desk/main/returns/" + made.front().rma.get();
    }

    static constexpr char kPlace[] = "/desk/main/customers";
    static constexpr char kOrder[] = "/desk/main/customers?order=%231001";
    Staff mia_, emma_;
};

TEST_F(CustomerDeskTest, WhateverIsAtHandFindsTheOrder) {
    const Order known = order();
    for (const std::string& text : {std::string("#1001"), std::string("1001"),
                                    std::string("exemple"), std::string("buyer@example.com"),
                                    known.parcels.front().tracking, format_typed_code(card_.id)}) {
        EXPECT_EQ(search(text).header("Location"), kOrder) << text;
    }
    EXPECT_THAT(body_of(search("nobody")), HasSubstr("Rien de tel"));
    print("#1002");
    EXPECT_THAT(body_of(search("exemple")), HasSubstr("order=%231002")) << "several: a list";
    EXPECT_EQ(get_as(mia_, "/desk/main/customers?order=x").status, 404);
}

TEST_F(CustomerDeskTest, OneViewShowsAllAndActsByRole) {
    const std::string page = body_of(get_as(mia_, kOrder));
    for (const char* part : {"Éloïse Exemple", "Fleur de sel", "buyer@example.com", "TEST-1"}) {
        EXPECT_THAT(page, HasSubstr(part));
    }
    EXPECT_THAT(page, HasSubstr(format_typed_code(card_.id)));
    EXPECT_THAT(page, HasSubstr("value=\"cancel\""));
    const std::string packers = body_of(get_as(emma_, kOrder));
    EXPECT_THAT(packers, HasSubstr("Fleur de sel"));
    EXPECT_THAT(packers, Not(HasSubstr("value=\"cancel\"")));
    EXPECT_EQ(post_as(emma_, kPlace, "order=%231001&act=cancel&reason=x").status, 403);
}

TEST_F(CustomerDeskTest, ACancelledOrderIsKeptWithWhoAndWhy) {
    EXPECT_EQ(act("act=cancel").status, 422) << "nobody said why";
    EXPECT_NE(order().status, OrderStatus::Cancelled);
    ASSERT_EQ(act("act=cancel&reason=the+buyer+wrote").status, 303);
    EXPECT_EQ(order().status, OrderStatus::Cancelled);
    EXPECT_THAT(audit(), Contains("merchant1 order cancel #1001"));
    EXPECT_THAT(body_of(get_as(mia_, kOrder)), HasSubstr("the buyer wrote"));
    EXPECT_EQ(act("act=cancel&reason=again").status, 409);
    EXPECT_EQ(act("act=dance").status, 422);
}

TEST_F(CustomerDeskTest, OnlyWhatWasTouchedIsChanged) {
    const Address before = order().ship_to;
    EXPECT_EQ(act("act=address&reason=x&a.city=" + encode_segment(before.city)).status, 422);
    ASSERT_EQ(
        act("act=address&reason=x&a.city=Barjac&a.name=" + encode_segment(before.name)).status,
        303);
    EXPECT_EQ(order().ship_to.city, "Barjac");
    EXPECT_EQ(order().ship_to.name, before.name);
    EXPECT_EQ(act("act=address&reason=x&a.country=France").status, 422);
    ASSERT_EQ(act("act=lines&reason=x&l.1=1").status, 303);
    EXPECT_EQ(order().lines.front().quantity, 1);
    EXPECT_EQ(act("act=lines&reason=x&l.1=many").status, 422);
}

TEST_F(CustomerDeskTest, AnAnswerIsTakenDownForTheBuyer) {
    const std::string code = encode_segment(format_typed_code(card_.id));
    EXPECT_EQ(act("act=answer&code=" + code).status, 422);
    ASSERT_EQ(act("act=answer&code=" + code + "&q.overall=4&comment=au+telephone").status, 303);
    const auto rating = store().find_rating(ShopId{1}, OrderNumber{"#1001"}).value();
    ASSERT_TRUE(rating);
    EXPECT_EQ(rating->channel, Channel::Assisted);
    EXPECT_THAT(body_of(get_as(mia_, kOrder)), HasSubstr("au telephone"));
}

TEST_F(CustomerDeskTest, AReturnIsReceivedInspectedAndRefunded) {
    const std::string place = announce();
    ASSERT_FALSE(place.empty());
    EXPECT_THAT(body_of(get_as(emma_, "/desk/main/returns")), HasSubstr(place));
    EXPECT_EQ(post_as(emma_, "/desk/main/returns", "code=nothing").status, 404);
    const std::string rma = place.substr(place.rfind('/') + 1);
    EXPECT_EQ(post_as(emma_, "/desk/main/returns", "code=" + rma).header("Location"), place);
    EXPECT_EQ(post_as(emma_, "/desk/main/returns", "code=" + rma).header("Location"), place)
        << "scanned twice it is the same";
    EXPECT_EQ(post_as(emma_, place, "act=inspect").status, 409) << "a line is not told";
    ASSERT_EQ(post_as(emma_, place, "act=inspect&n.1=1&c.1=damaged&t.1=a+crack").status, 303);
    const std::string page = body_of(get_as(mia_, place));
    EXPECT_THAT(page, HasSubstr("1 × Fleur de sel : manque"));
    EXPECT_THAT(page, HasSubstr("a crack"));
    EXPECT_THAT(page, HasSubstr("order=%231001"));
    EXPECT_EQ(post_as(emma_, place, "act=refund").status, 403) << "money is not a packer's";
    EXPECT_EQ(post_as(mia_, place, "act=refund&amount=999").status, 409);
    ASSERT_EQ(post_as(mia_, place, "act=refund&amount=6%2C90").status, 303);
    EXPECT_EQ(store().returns().of_order(ShopId{1}, OrderNumber{"#1001"})->front().state,
              records::ReturnState::Refunded);
    EXPECT_THAT(audit(), Contains("merchant1 return refund " + rma));
}

TEST_F(CustomerDeskTest, AnotherShopSeesNothingOfIt) {
    const std::string place = announce();
    const Staff other = staff(Role::Merchant, ShopId{2});
    const std::string rma = place.substr(place.rfind('/') + 1);
    EXPECT_EQ(get_as(other, "/desk/other/customers?order=%231001").status, 404);
    EXPECT_EQ(get_as(other, "/desk/other/returns/" + rma).status, 404);
    EXPECT_EQ(post_as(other, "/desk/other/returns", "code=" + rma).status, 404);
    EXPECT_EQ(get_as(other, kOrder).status, 403);
}

}  // namespace
}  // namespace verso::service

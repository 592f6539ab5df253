// SPDX-License-Identifier: Apache-2.0
#include <gmock/gmock.h>

#include "records/store/desk_book.h"
#include "service_fixture.h"

namespace verso::service {
namespace {

using ::testing::HasSubstr;
using ::testing::Not;

class OrderSiteTest : public testing::ServiceTest {
  protected:
    std::string body(const std::string& target) {
        const auto response = get(target);
        return response.body ? *response.body : "";
    }
    /// The export says that it left.
    void ship() {
        Order order = store().find_order(ShopId{1}, OrderNumber{"#1001"}).value();
        order.status = OrderStatus::Shipped;
        ASSERT_TRUE(store().save_order(ShopId{1}, order, clock_.at));
    }
    std::vector<records::Return> returns() {
        return store().returns().of_order(ShopId{1}, OrderNumber{"#1001"}).value();
    }
    Order order() { return store().find_order(ShopId{1}, OrderNumber{"#1001"}).value(); }
};

TEST_F(OrderSiteTest, ThePageShowsWhereTheOrderIsAndNeedsTheSecret) {
    const std::string page = body(page_of(card_) + "/order");
    EXPECT_THAT(page, HasSubstr("TEST-1"));
    EXPECT_THAT(page, HasSubstr("aria-current=\"step\"><span>en préparation"));
    EXPECT_THAT(page, HasSubstr("5 octobre 2026"));
    CardIdentity wrong = card_;
    wrong.secret = CardSecret{std::string(20, '0')};
    for (const char* part : {"/order", "/return"}) {
        const auto refused = get(page_of(wrong) + part);
        EXPECT_EQ(refused.status, 404) << part;
        EXPECT_THAT(*refused.body, Not(HasSubstr("TEST-1")));
    }
    EXPECT_EQ(get("/K/" + format_typed_code(card_.id) + "/order").status, 404);
}

TEST_F(OrderSiteTest, CancellingIsOffUntilTheTableAllowsIt) {
    EXPECT_THAT(body(page_of(card_) + "/order"), Not(HasSubstr("/cancel")));
    EXPECT_EQ(post(page_of(card_) + "/cancel", "").status, 303);
    EXPECT_EQ(order().status, OrderStatus::Open);
}

TEST_F(OrderSiteTest, ReturnsAreAnnouncedOnceItLeft) {
    EXPECT_EQ(post(page_of(card_) + "/return", "pieces.1=1").status, 303);
    EXPECT_TRUE(returns().empty()) << "it has not left";
    ship();
    EXPECT_THAT(body(page_of(card_) + "/return"), HasSubstr("name=\"pieces.1\""));
    EXPECT_EQ(post(page_of(card_) + "/return", "pieces.1=1&reason.1=too-small").status, 303);
    ASSERT_EQ(returns().size(), 1U);
    const records::Return made = returns().front();
    EXPECT_EQ(made.channel, records::ReturnChannel::Web);
    ASSERT_EQ(made.lines.size(), 1U);
    EXPECT_EQ(made.lines.front().expected, 1);
    EXPECT_EQ(made.lines.front().reason, records::ReturnReason::TooSmall);
    EXPECT_THAT(body(page_of(card_) + "/return"), HasSubstr(format_rma(made.rma)));
}

TEST_F(OrderSiteTest, NoMorePiecesComeBackThanWereBought) {
    ship();
    for (const char* wrong :
         {"pieces.1=3", "pieces.1=-1", "pieces.1=x", "pieces.1=", "pieces.9=1", ""}) {
        EXPECT_EQ(post(page_of(card_) + "/return", wrong).status, 422) << wrong;
    }
    EXPECT_EQ(post(page_of(card_) + "/return", "pieces.1=1&reason.1=because").status, 422);
    EXPECT_EQ(post(page_of(card_) + "/return", "pieces.1=2").status, 303);
    EXPECT_EQ(post(page_of(card_) + "/return", "pieces.1=1").status, 422);
    EXPECT_EQ(returns().size(), 1U);
}

TEST_F(OrderSiteTest, TheWithdrawalFromTheContractIsKeptWithItsFirstMoment) {
    const std::string place = page_of(card_) + "/withdraw-contract";
    EXPECT_THAT(body(page_of(card_) + "/return"), HasSubstr(place));
    EXPECT_EQ(post(place, "").status, 303);
    const auto first = clock_.at;
    clock_.at += std::chrono::days(3);
    EXPECT_EQ(post(place, "").status, 303);
    const auto notes =
        records::desk_of(store()).order_notes(ShopId{1}, OrderNumber{"#1001"}).value();
    ASSERT_EQ(notes.size(), 1U);
    EXPECT_EQ(notes.front().what, "withdrawal");
    EXPECT_EQ(notes.front().at, first);
    EXPECT_THAT(body(page_of(card_) + "/return"), Not(HasSubstr(place)));
}

class FakeLabels final : public LabelWorks {
  public:
    Result<std::string> draw(ShopId, const ReturnLabelWish& wish) override {
        return "%PDF of " + wish.rma.get() + " " + wish.number;
    }
};

class LabelTest : public OrderSiteTest {
  protected:
    void SetUp() override {
        works_.labels = &labels_;
        OrderSiteTest::SetUp();
    }
    FakeLabels labels_;
};

TEST_F(LabelTest, AReturnsLabelIsThereForWhoHasTheSecret) {
    ship();
    ASSERT_EQ(post(page_of(card_) + "/return", "pieces.1=1").status, 303);
    const std::string rma = returns().front().rma.get();
    const std::string place = page_of(card_) + "/return/" + rma + ".pdf";
    EXPECT_THAT(body(page_of(card_) + "/return"), HasSubstr(place));
    const auto label = get(place);
    EXPECT_EQ(label.status, 200);
    EXPECT_EQ(label.header("Content-Type"), "application/pdf");
    EXPECT_THAT(std::string(label.header("Content-Disposition")), HasSubstr("attachment"));
    EXPECT_THAT(*label.body, HasSubstr(rma));
    EXPECT_EQ(get(page_of(print("#1002")) + "/return/" + rma + ".pdf").status, 404);
    EXPECT_EQ(get(page_of(card_) + "/return/" + rma).status, 404);
    EXPECT_EQ(get(page_of(card_) + "/return/nonsense.pdf").status, 404);
    CardIdentity wrong = card_;
    wrong.secret = CardSecret{std::string(20, '0')};
    EXPECT_EQ(get(page_of(wrong) + "/return/" + rma + ".pdf").status, 404);
}

TEST_F(OrderSiteTest, WithoutLabelsNoneIsOffered) {
    ship();
    ASSERT_EQ(post(page_of(card_) + "/return", "pieces.1=1").status, 303);
    EXPECT_THAT(body(page_of(card_) + "/return"), Not(HasSubstr(".pdf")));
    EXPECT_EQ(get(page_of(card_) + "/return/" + returns().front().rma.get() + ".pdf").status, 404);
}

}  // namespace
}  // namespace verso::service

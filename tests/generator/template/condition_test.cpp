// SPDX-License-Identifier: Apache-2.0
#include "generator/template/condition.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "generator/template/template_node.h"
#include "specimens.h"

namespace verso::generator {
namespace {

using testing::HasSubstr;

class ConditionTest : public testing::Test {
  protected:
    bool holds(const std::string& text) {
        const auto condition = Condition::parse(text, /*in_row=*/true);
        if (!condition) {
            ADD_FAILURE() << condition.error().text();
            return false;
        }
        const InsertInput input{order_, 1, shop_, specimen_card(), specimen_rma()};
        InsertContext context(input, language_, order_.parcels.front());
        context.row = &order_.lines.front();
        return condition->holds(context);
    }
    std::string complaint(const std::string& text, bool in_row = false) {
        const auto condition = Condition::parse(text, in_row);
        return condition ? "good" : condition.error().text();
    }

    Order order_ = specimen_order("fr", 3);
    Shop shop_ = specimen_shop();
    Language language_;
};

TEST_F(ConditionTest, ComparesNumbersTextsAndAmounts) {
    EXPECT_TRUE(holds("parcel.lines == 3"));
    EXPECT_FALSE(holds("parcel.lines != 3"));
    EXPECT_TRUE(holds("parcel.lines >= 3 and parcel.lines <= 3"));
    EXPECT_FALSE(holds("parcel.lines < 3 or parcel.lines > 3"));
    EXPECT_TRUE(holds("order.language == 'fr'"));
    EXPECT_TRUE(holds("order.total == 106.80"));
    EXPECT_TRUE(holds("order.total > -1"));
    EXPECT_TRUE(holds("line.article == 'Théière en fonte émaillée, 0,9 l · bleu nuit'"));
}

TEST_F(ConditionTest, APathAloneIsTrueWhenSomethingIsThere) {
    EXPECT_TRUE(holds("parcel.tracking"));
    EXPECT_FALSE(holds("shop.authorisation"));
    EXPECT_TRUE(holds("order.promised_on"));
    order_.promised_on.reset();
    EXPECT_FALSE(holds("order.promised_on"));
    EXPECT_FALSE(holds("order.shipping"));
    EXPECT_TRUE(holds("buyer.lines"));
}

TEST_F(ConditionTest, AndBindsCloserThanOrAndNotCloserThanBoth) {
    EXPECT_TRUE(holds("parcel.tracking or shop.authorisation and shop.authorisation"));
    EXPECT_FALSE(holds("(parcel.tracking or shop.authorisation) and shop.authorisation"));
    EXPECT_TRUE(holds("not shop.authorisation and parcel.tracking"));
    EXPECT_FALSE(holds("not (shop.authorisation or parcel.tracking)"));
    EXPECT_TRUE(holds("not not parcel.tracking"));
}

TEST_F(ConditionTest, TellsWhatIsWrong) {
    EXPECT_THAT(complaint("order.numbr == 'a'"), HasSubstr("did you mean \"order.number\"?"));
    EXPECT_THAT(complaint("order.number == 4"), HasSubstr("cannot be compared"));
    EXPECT_THAT(complaint("order.number == 'a"), HasSubstr("closing '"));
    EXPECT_THAT(complaint("(parcel.lines"), HasSubstr("closing )"));
    EXPECT_THAT(complaint("parcel.lines 3"), HasSubstr("nothing may follow"));
    EXPECT_THAT(complaint("parcel.lines = 3"), HasSubstr("character"));
    EXPECT_THAT(complaint(""), HasSubstr("missing"));
    EXPECT_THAT(complaint("1.2.3 == 1"), HasSubstr("not a number"));
    EXPECT_THAT(complaint("line.quantity > 1"), HasSubstr("only in a table's row"));
    EXPECT_EQ(complaint("line.quantity > 1", true), "good");
    EXPECT_THAT(complaint(std::string(10000, '(')), HasSubstr("too deeply"));
}

TEST_F(ConditionTest, AtLeastComparesANumber) {
    const InsertInput input{order_, 1, shop_, specimen_card(), specimen_rma()};
    InsertContext context(input, language_, order_.parcels.front());
    EXPECT_TRUE(Condition::at_least(*find_path("parcel.lines"), 3).holds(context));
    EXPECT_FALSE(Condition::at_least(*find_path("parcel.lines"), 4).holds(context));
}

TEST(NearestWord, FindsATypoAndNothingFarAway) {
    EXPECT_EQ(nearest_word("aling", {"align", "text"}), "align");
    EXPECT_EQ(nearest_word("zzzzzzzz", {"align", "text"}), "");
}

}  // namespace
}  // namespace verso::generator

// SPDX-License-Identifier: Apache-2.0
#include "generator/template/text_source.h"

#include <gtest/gtest.h>

#include "specimens.h"

namespace verso::generator {
namespace {

class TextSourceTest : public testing::Test {
  protected:
    static const Language& language(const std::string& code) {
        static const auto all = load_catalogues(template_folders(), "fr");
        for (const auto& one : all) {
            if (one.code == code) return one;
        }
        return all.front();
    }
    std::string evaluate(const std::string& text, const std::string& code = "fr") {
        const nlohmann::json json = text;
        const auto source =
            TextSource::compile(Node(json, "test"), language(code), /*in_row=*/true);
        const InsertInput input{order_, 1, shop_, specimen_card(), specimen_rma()};
        InsertContext context(input, language(code), order_.parcels.front());
        context.row = &order_.lines.front();
        context.row_number = 1;
        return source.evaluate(context);
    }

    Order order_ = specimen_order("fr", 3);
    Shop shop_ = specimen_shop();
};

TEST_F(TextSourceTest, MixesLiteralsValuesAndStrings) {
    EXPECT_EQ(evaluate("Order {{ order.number }}!"), "Order #1042!");
    EXPECT_EQ(evaluate("t:slip.kind"), "Bon de livraison");
    EXPECT_EQ(evaluate("{{t:slip.kind}} {{order.number}}", "de"), "Lieferschein #1042");
    EXPECT_EQ(evaluate("t:slip.date_parcel"), "14 mai 2026 · colis 1 / 1");
    EXPECT_EQ(evaluate("{{row}} {{line.sku}}"), "1 TH-090-BN");
}

TEST_F(TextSourceTest, MoneyAsEachLanguageWritesIt) {
    order_.total = Money{123456789};
    EXPECT_EQ(evaluate("{{order.total|money}}", "fr"), "1\u202f234\u202f567,89\u00a0€");
    EXPECT_EQ(evaluate("{{order.total|money}}", "en"), "€1,234,567.89");
    EXPECT_EQ(evaluate("{{order.total|money}}", "de"), "1.234.567,89\u00a0€");
    order_.total = Money{-5};
    order_.currency = "CHF";
    EXPECT_EQ(evaluate("{{order.total|money}}", "fr"), "−0,05\u00a0CHF");
    order_.total = Money{100000};
    order_.currency = "GBP";
    EXPECT_EQ(evaluate("{{order.total|money}}", "en"), "£1,000.00");
}

TEST_F(TextSourceTest, DaysAsEachLanguageWritesThem) {
    EXPECT_EQ(evaluate("{{order.promised_on|date}}", "fr"), "18 mai 2026");
    EXPECT_EQ(evaluate("{{order.promised_on|date}}", "en"), "18 May 2026");
    EXPECT_EQ(evaluate("{{order.promised_on|date}}", "de"), "18. Mai 2026");
    order_.promised_on = parse_day("2026-12-01").value();
    EXPECT_EQ(evaluate("{{order.promised_on|date}}", "fr"), "1er décembre 2026");
    EXPECT_EQ(evaluate("{{order.promised_on|date}}", "de"), "1. Dezember 2026");
}

TEST_F(TextSourceTest, UpperAndDefault) {
    order_.ship_to.name = "Jörg Größe";
    EXPECT_EQ(evaluate("{{buyer.name|upper}}"), "JÖRG GRÖSSE");
    EXPECT_EQ(evaluate("{{shop.authorisation|default:'none'}}"), "none");
    EXPECT_EQ(evaluate("{{shop.authorisation|default:'none'|upper}}"), "NONE");
    order_.promised_on.reset();
    EXPECT_EQ(evaluate("{{order.promised_on|date|default:'soon'}}"), "soon");
}

TEST_F(TextSourceTest, LettersAreComposedAndControlsBecomeSpaces) {
    order_.ship_to.name = "Ze\u0301lie\nA\u0302\u0301nh";
    EXPECT_EQ(evaluate("{{buyer.name}}"), "Zélie Ấnh");
    EXPECT_EQ(printable("a\tb"), "a b");
    EXPECT_EQ(printable("bad \xC3"), "bad \xC3");
}

TEST_F(TextSourceTest, EveryLanguageHasEveryStringOfTheDefault) {
    for (const char* code : {"en", "de"}) {
        const ::testing::Message message = ::testing::Message() << code;
        for (const auto& [key, text] : language("fr").strings) {
            const std::string& other = language(code).strings.at(key);
            // Country names, "Total" and signs may agree; sentences may not.
            if (text.size() > 24) {
                EXPECT_NE(other, text) << code << " lacks " << key;
            }
        }
    }
}

}  // namespace
}  // namespace verso::generator

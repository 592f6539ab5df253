// SPDX-License-Identifier: Apache-2.0
#include "core/domain/card_link.h"

#include <gtest/gtest.h>

#include "core/domain/crockford.h"

namespace verso {
namespace {

const CardIdentity kCard{LayoutNumber(7), CardId(*crockford::decode("4K7M2Q9XW3HT")),
                         CardSecret("0123456789ABCDEFGHJK")};
constexpr std::string_view kLink = "HTTPS://AVIS.EXAMPLE.COM/C/074K7M2Q9XW3HTF0123456789ABCDEFGHJK";

TEST(CardLink, IsFrozen) { EXPECT_EQ(format_link("avis.example.com", kCard), kLink); }

TEST(CardLink, ReadsItselfInAnyCase) {
    for (std::string text :
         {std::string(kLink),
          std::string("https://avis.example.com/c/074k7m2q9xw3htf0123456789abcdefghjk")}) {
        const auto link = parse_link(text);
        ASSERT_TRUE(link.has_value()) << link.error().text();
        EXPECT_EQ(link->host, "avis.example.com");
        EXPECT_EQ(link->card, kCard);
    }
}

TEST(CardLink, OneWrongDigitOfTheIdIsRefused) {
    for (std::size_t at = 29; at < 42; ++at) {
        std::string text(kLink);
        text[at] = text[at] == 'Z' ? 'Y' : 'Z';
        EXPECT_FALSE(parse_link(text).has_value()) << at;
    }
}

TEST(CardLink, RefusesWhatIsNotOurs) {
    for (std::string_view text :
         {"", "HTTPS://", "HTTPS:///C/074K7M2Q9XW3HTF0123456789ABCDEFGHJK", "HTTPS://EXAMPLE.COM/",
          "HTTP://AVIS.EXAMPLE.COM/C/074K7M2Q9XW3HTF0123456789ABCDEFGHJK",
          "HTTPS://AVIS.EXAMPLE.COM/C/074K7M2Q9XW3HTF0123456789ABCDEFGHJ",
          "HTTPS://AVIS.EXAMPLE.COM/C/074K7M2Q9XW3HTF0123456789ABCDEFGHJK0",
          "HTTPS://AVIS.EXAMPLE.COM/C/074K7M2Q9XW3HTF0123456789ABCDEFGHJ*",
          "HTTPS://AVIS.EXAMPLE.COM/C/07-4K7M2Q9XW3HTF0123456789ABCDEFGHJ"}) {
        const auto link = parse_link(text);
        ASSERT_FALSE(link.has_value()) << text;
        EXPECT_EQ(link.error().code, ErrorCode::ValueInvalid);
    }
    EXPECT_FALSE(parse_link("HTTPS://" + std::string(300, 'A') + std::string(kLink.substr(24))));
}

TEST(CardLink, AHostileLinkIsQuotedShort) {
    const auto link = parse_link(std::string(100'000, 'x'));
    ASSERT_FALSE(link.has_value());
    EXPECT_LT(link.error().message.size(), 200u);
}

TEST(TypedCode, IsForPeople) {
    EXPECT_EQ(format_card(kCard.id), "4K7M2Q9XW3HTF");
    EXPECT_EQ(format_typed_code(kCard.id), "4K7M-2Q9X-W3HTF");
    EXPECT_EQ(*parse_card("4k7m 2q9x-w3htf"), kCard.id);
}

TEST(TypedCode, SaysWhatIsWrong) {
    EXPECT_NE(parse_card("4K7M-2Q9X-W3HTG").error().message.find("check character"),
              std::string::npos);
    EXPECT_NE(parse_card("4K7M").error().message.find("4 characters"), std::string::npos);
    EXPECT_NE(parse_card("4K7M-2Q9X-W3H!F").error().message.find("character"), std::string::npos);
    EXPECT_FALSE(parse_card("K47M-2Q9X-W3HTF").has_value()) << "swapped";
}

TEST(SideMark, CardAndReturnSheetRoundTrip) {
    const SideMark card{LayoutNumber(7), kCard.id, SideMark::Side::Card, 1};
    EXPECT_EQ(format_side_mark(card), "074K7M2Q9XW3HTF");
    EXPECT_EQ(*parse_side_mark("074K7M2Q9XW3HTF"), card);
    const SideMark sheet{LayoutNumber(1023), kCard.id, SideMark::Side::Return, 2};
    EXPECT_EQ(format_side_mark(sheet), "ZZ4K7M2Q9XW3HTFR2");
    EXPECT_EQ(*parse_side_mark("ZZ4K7M2Q9XW3HTFR2"), sheet);
}

TEST(SideMark, RefusesOtherSides) {
    for (std::string_view text : {"074K7M2Q9XW3HTFR0", "074K7M2Q9XW3HTFX1", "074K7M2Q9XW3HTFR",
                                  "074K7M2Q9XW3HTG", "", "hello"}) {
        EXPECT_FALSE(parse_side_mark(text).has_value()) << text;
    }
}

TEST(Rma, RoundTripsAndChecks) {
    const Rma rma = make_rma(0x1234567890ull);
    EXPECT_EQ(rma.get().size(), 9u);
    EXPECT_EQ(*parse_rma(format_rma(rma)), rma);
    std::string wrong = rma.get();
    wrong[3] = wrong[3] == '7' ? '8' : '7';
    EXPECT_FALSE(parse_rma(wrong).has_value());
}

}  // namespace
}  // namespace verso

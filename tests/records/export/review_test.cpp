// SPDX-License-Identifier: Apache-2.0
// What may leave the house: who consented, who is an insider, what was hidden.
#include "records/export/review.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "tests/records/builders.h"

namespace verso::records {
namespace {

using namespace verso::records::testing;

ExportRow sample_row(int overall = 4, const std::string& comment = "Très bien",
                     bool publish = true) {
    ExportRow row{{}, sample_order("#1001", 1)};
    row.rating.card = CardId{42};
    row.rating.order = row.order.number;
    row.rating.answers = {{"overall", overall}};
    row.rating.comment = comment;
    row.rating.publish = publish;
    row.rating.recorded_at = at(1000);
    return row;
}

ExportRow two_articles() {
    ExportRow row = sample_row();
    row.order = sample_order("#1001", 2);
    row.order.lines.at(1).sku = "SEL-2";
    return row;
}

TEST(Review, ATextNeedsConsentAndNoModerationAgainstIt) {
    EXPECT_EQ(publishable_text(sample_row()), "Très bien");
    EXPECT_EQ(publishable_text(sample_row(4, "Très bien", false)), "");
    EXPECT_EQ(publishable_text(sample_row(4, " \n ")), "");
    ExportRow hidden = sample_row();
    hidden.text_hidden = true;
    EXPECT_EQ(publishable_text(hidden), "");
    EXPECT_TRUE(shop_review(hidden, {})) << "the stars of a hidden comment still count";
}

TEST(Review, NoInsiderNoMissingParcel) {
    ExportRow insider = sample_row();
    insider.order.insider = true;
    EXPECT_FALSE(shop_review(insider, {}));
    EXPECT_TRUE(article_reviews(insider, {}, {}).empty());
    EXPECT_EQ(publishable_text(insider), "");
    ExportRow waiting = sample_row();
    waiting.rating.kind = ResponseKind::NotReceived;
    EXPECT_FALSE(shop_review(waiting, {}));
    EXPECT_TRUE(article_reviews(waiting, {}, {}).empty());
}

TEST(Review, BadStarsArePublishedAsGoodOnes) {
    for (int stars = 1; stars <= 5; ++stars) {
        EXPECT_EQ(shop_review(sample_row(stars), {})->stars, stars);
        EXPECT_EQ(article_reviews(sample_row(stars), {}, {}).size(), 1U);
    }
    EXPECT_FALSE(shop_review(sample_row(9), {}));
}

TEST(Review, ANameStandsOnlyBesideAText) {
    EXPECT_EQ(shop_review(sample_row(), {})->reviewer, "Éloïse E.");
    EXPECT_EQ(shop_review(sample_row(4, ""), {})->reviewer, "");
    EXPECT_EQ(shop_review(sample_row(), {.with_names = false})->reviewer, "");
    EXPECT_EQ(shop_review(sample_row(), {})->email, "");
    EXPECT_EQ(shop_review(sample_row(), {.with_email = true})->email, "buyer@example.com");
    EXPECT_EQ(shop_review(sample_row(4, "x", false), {.with_email = true})->email, "");
}

TEST(Review, ShortNames) {
    EXPECT_EQ(short_name(" Éloïse  de l’Exemple "), "Éloïse l.");
    EXPECT_EQ(short_name("Ann Émile"), "Ann É.");
    EXPECT_EQ(short_name("Ann"), "Ann");
    EXPECT_EQ(short_name("  "), "");
}

TEST(Review, TheOrdersAnswerIsNotEveryArticles) {
    EXPECT_TRUE(article_reviews(two_articles(), {}, {}).empty());
    EXPECT_EQ(article_reviews(two_articles(), {}, {.articles = ArticleRule::All}).size(), 2U);
    ExportRow own = two_articles();
    own.rating.products = {{2, 1}};
    const auto reviews = article_reviews(own, {}, {});
    ASSERT_EQ(reviews.size(), 1U);
    EXPECT_EQ(reviews.at(0).article->sku, "SEL-2");
    EXPECT_EQ(reviews.at(0).stars, 1);
    EXPECT_EQ(reviews.at(0).text, "") << "the text is about the order";
    EXPECT_TRUE(article_reviews(sample_row(), {}, {.articles = ArticleRule::Own}).empty());
}

TEST(Review, AnArticleInTwoParcelsIsReviewedOnce) {
    ExportRow row = sample_row();
    row.order = sample_order("#1001", 2);
    EXPECT_EQ(article_reviews(row, {}, {}).size(), 1U);
}

TEST(Review, IdsAreStableAndTellNothing) {
    const std::string id = shop_review(sample_row(), {})->id;
    EXPECT_EQ(id, shop_review(sample_row(1, "other"), {})->id);
    EXPECT_EQ(id.size(), 20U);
    EXPECT_NE(id, article_reviews(sample_row(), {}, {}).at(0).id);
    ExportRow other = sample_row();
    other.rating.card = CardId{43};
    EXPECT_NE(id, shop_review(other, {})->id);
}

TEST(Catalogue, CompletesAnArticle) {
    Catalogue catalogue("https://shop.example.com/p/{sku}?id={product_id}");
    ASSERT_TRUE(catalogue.read_csv(
        "\xEF\xBB\xBFproduct_id;sku;image_url;title\n77;SEL-1;https://shop.example.com/1.jpg;\n"));
    const Article article = catalogue.article_of(sample_order().lines.at(0));
    EXPECT_EQ(article.product_id, "77");
    EXPECT_EQ(article.title, "Fleur de sel");
    EXPECT_EQ(article.url, "https://shop.example.com/p/SEL-1?id=77");
    EXPECT_EQ(article.gtin, "2000000044736");
}

TEST(Catalogue, AnAddressIsWholeOrNone) {
    OrderLine line = sample_order().lines.at(0);
    EXPECT_EQ(Catalogue("https://a.example.com/{product_id}").article_of(line).url, "");
    EXPECT_EQ(Catalogue("https://a.example.com/{nothing}").article_of(line).url, "");
    EXPECT_EQ(Catalogue("https://a.example.com/{sku").article_of(line).url, "");
    line.sku = "a/b é";
    EXPECT_EQ(Catalogue("https://a.example.com/{sku}").article_of(line).url,
              "https://a.example.com/a%2Fb%20%C3%A9");
}

TEST(Catalogue, WhatIsNoneIsSaid) {
    for (const char* bytes : {"", "title\nx\n", "sku,title\n,x\n", "sku,title\n\"a,b\n"}) {
        EXPECT_EQ(Catalogue().read_csv(bytes).error().code, ErrorCode::FormatInvalid) << bytes;
    }
}

TEST(Catalogue, CheckDigitsOfGtins) {
    for (const char* good : {"96385074", "012345678905", "4006381333931", "10012345678902"}) {
        EXPECT_TRUE(is_gtin(good)) << good;
    }
    for (const char* bad :
         {"", "4006381333932", "400638133393", "40063813339310", "96385075", "400638133393x"}) {
        EXPECT_FALSE(is_gtin(bad)) << bad;
    }
}

}  // namespace
}  // namespace verso::records

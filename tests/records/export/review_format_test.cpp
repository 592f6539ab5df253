// SPDX-License-Identifier: Apache-2.0
// Each format's own columns and elements; the feeds are also held against a schema written from
// Google's published description (tests/data/feeds), where xmllint is installed.
#include "records/export/review_format.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <nlohmann/json.hpp>

#include "records/export/product_jsonld.h"
#include "records/import/csv_reader.h"
#include "tests/records/builders.h"

namespace verso::records {
namespace {

using namespace verso::records::testing;
using ::testing::HasSubstr;
using ::testing::Not;
namespace fs = std::filesystem;

Review sample_review() {
    Review review;
    review.id = "0123456789abcdef0123";
    review.article = Article{"SEL-1",
                             "Fleur de <sel> & \"Co\"",
                             "77",
                             "fleur-de-sel",
                             "https://shop.example.com/p?a=1&b=2",
                             "https://shop.example.com/1.jpg",
                             "4006381333931",
                             "Maison Exemple",
                             "M-1"};
    review.stars = 4;
    review.text = "=1+1, \"très\" bien\n<b>\x01";
    review.reviewer = "Éloïse E.";
    review.email = "buyer@example.com";
    review.country = "FR";
    review.language = "fr";
    review.at = at(0);
    return review;
}

std::string text_of(ReviewFormat format, const std::vector<Review>& reviews) {
    ReviewWriter writer(std::move(format));
    for (const Review& review : reviews) writer.add(review);
    return writer.text();
}

/// The one row of a CSV by column.
std::map<std::string, std::string> only_row(const std::string& text) {
    CsvReader reader(text, sniff_dialect(text));
    CsvRecord record;
    EXPECT_TRUE(reader.next(record));
    const std::vector<std::string> names(record.fields.begin(), record.fields.end());
    EXPECT_NE(names.front(), "");
    EXPECT_TRUE(reader.next(record));
    EXPECT_EQ(record.fields.size(), names.size());
    std::map<std::string, std::string> row;
    for (std::size_t i = 0; i < names.size(); ++i) row[names.at(i)] = record.fields.at(i);
    EXPECT_EQ(row.size(), names.size()) << "a column stands twice";
    EXPECT_FALSE(reader.next(record));
    return row;
}

const std::string kSafeText = "'=1+1, \"très\" bien\n<b>\x01";

TEST(ReviewFormat, JudgeMe) {
    auto row = only_row(text_of(judgeme_format(), {sample_review()}));
    EXPECT_EQ(row.at("body"), kSafeText);
    EXPECT_EQ(row.at("rating"), "4");
    EXPECT_EQ(row.at("review_date"), "21/09/2026");
    EXPECT_EQ(row.at("reviewer_name"), "Éloïse E.");
    EXPECT_EQ(row.at("product_id"), "77");
    EXPECT_EQ(row.at("product_handle"), "fleur-de-sel");
}

TEST(ReviewFormat, Yotpo) {
    auto row = only_row(text_of(yotpo_format(), {sample_review()}));
    EXPECT_EQ(row.at("review_content"), kSafeText);
    EXPECT_EQ(row.at("review_score"), "4");
    EXPECT_EQ(row.at("date"), "2026-09-21");
    EXPECT_EQ(row.at("md_customer_country"), "FR");
    EXPECT_EQ(row.at("email"), "buyer@example.com");
    EXPECT_EQ(row.at("product_image_url"), "https://shop.example.com/1.jpg");
}

TEST(ReviewFormat, Stamped) {
    auto row = only_row(text_of(stamped_format(), {sample_review()}));
    EXPECT_EQ(row.at("body"), kSafeText);
    EXPECT_EQ(row.at("created_at"), "2026-09-21 14:13:20");
    EXPECT_EQ(row.at("productTitle"), sample_review().article->title);
    EXPECT_EQ(row.at("location"), "FR");
    EXPECT_EQ(row.size(), 23U);
}

TEST(ReviewFormat, Okendo) {
    auto row = only_row(text_of(okendo_format(), {sample_review()}));
    EXPECT_EQ(row.at("name"), "Éloïse E.");
    EXPECT_EQ(row.at("sku"), "SEL-1");
    EXPECT_EQ(row.at("dateCreated"), "2026-09-21");
    EXPECT_EQ(row.at("isVerifiedBuyer"), "true");
    EXPECT_EQ(row.at("status"), "approved");
    EXPECT_EQ(row.size(), 22U);
}

TEST(ReviewFormat, Loox) {
    auto row = only_row(text_of(loox_format(), {sample_review()}));
    EXPECT_EQ(row.at("product_handle"), "fleur-de-sel");
    EXPECT_EQ(row.at("product_Id"), "77");
    EXPECT_EQ(row.at("created_at"), "2026-09-21");
    EXPECT_EQ(row.at("verified_purchase"), "true");
    EXPECT_EQ(row.at("incentivized"), "false");
}

TEST(ReviewFormat, WooCommerce) {
    const auto json =
        nlohmann::json::parse(text_of(woocommerce_format(), {sample_review(), sample_review()}));
    ASSERT_EQ(json.size(), 2U);
    EXPECT_EQ(json.at(0).at("product_id"), 77);
    EXPECT_EQ(json.at(0).at("review"), sample_review().text);
    EXPECT_EQ(json.at(0).at("rating"), 4);
    EXPECT_EQ(json.at(0).at("verified"), true);
    EXPECT_EQ(nlohmann::json::parse(text_of(woocommerce_format(), {})).size(), 0U);
}

TEST(ReviewFormat, WhatLacksSomethingIsLeftOutAndCounted) {
    Review silent = sample_review(), unknown = sample_review(), secret = sample_review();
    silent.text.clear();
    unknown.article->product_id = "variant-7";
    secret.email.clear();
    ReviewWriter writer(woocommerce_format());
    for (const Review& review : {silent, unknown, secret, sample_review()}) writer.add(review);
    EXPECT_EQ(writer.written(), 1U);
    EXPECT_EQ(writer.left_out().at(FormatNeed::Text), 1U);
    EXPECT_EQ(writer.left_out().at(FormatNeed::NumericId), 1U);
    EXPECT_EQ(writer.left_out().at(FormatNeed::Email), 1U);
}

/// Whether xmllint finds the text valid by a schema of tests/data/feeds.
void expect_valid(const std::string& xml, const std::string& schema) {
    if (std::system("xmllint --version > /dev/null 2>&1") != 0) {
        GTEST_SKIP() << "xmllint (libxml2-utils) is not installed";
    }
    const fs::path file = fs::temp_directory_path() /
                          ("verso-feed-" + std::to_string(::getpid()) + "-" + schema + ".xml");
    std::ofstream(file) << xml;
    const std::string command = "xmllint --noout --nonet --schema '" VERSO_SOURCE_DIR
                                "/tests/data/feeds/" +
                                schema + "' '" + file.string() + "' 2>&1";
    EXPECT_EQ(std::system(command.c_str()), 0) << xml;
    fs::remove(file);
}

TEST(ReviewFormat, GoogleProductFeed) {
    const Publisher publisher{"Maison & Fils", "", "", "1"};
    Review bare = sample_review();
    bare.id = "0123456789abcdef0124";
    bare.reviewer.clear();
    bare.country.clear();
    bare.language.clear();
    bare.article = Article{"", "", "", "", "https://shop.example.com/x", "", "", "", ""};
    const std::string xml = text_of(*google_product_format(publisher), {sample_review(), bare});
    EXPECT_THAT(xml, HasSubstr("<name>Maison &amp; Fils</name>"));
    EXPECT_THAT(xml, HasSubstr("bien\n&lt;b&gt; </content>"));
    EXPECT_THAT(xml, HasSubstr("<name is_anonymous=\"true\">Anonymous</name>"));
    EXPECT_THAT(xml, Not(HasSubstr("buyer@example.com")));
    expect_valid(xml, "product_reviews_2.4.xsd");
}

TEST(ReviewFormat, GoogleMerchantFeed) {
    const Publisher publisher{"Maison & Fils", "https://shop.example.com", "", "m-1"};
    Review silent = sample_review();
    silent.id = "0123456789abcdef0124";
    silent.article.reset();
    silent.text.clear();
    silent.reviewer.clear();
    silent.country.clear();
    const std::string xml = text_of(*google_merchant_format(publisher), {sample_review(), silent});
    EXPECT_THAT(xml, HasSubstr("<content></content>"));
    expect_valid(xml, "merchant_reviews_5.0.xsd");
}

TEST(ReviewFormat, FeedsWithoutReviewsAreFeeds) {
    const Publisher publisher{"Maison", "https://shop.example.com", "", "1"};
    expect_valid(text_of(*google_product_format(publisher), {}), "product_reviews_2.4.xsd");
    expect_valid(text_of(*google_merchant_format(publisher), {}), "merchant_reviews_5.0.xsd");
}

TEST(ReviewFormat, AFeedSaysWhatItLacks) {
    EXPECT_EQ(google_product_format({}).error().code, ErrorCode::ValueInvalid);
    EXPECT_EQ(google_merchant_format({"Maison", "", "", "1"}).error().code,
              ErrorCode::ValueInvalid);
}

TEST(ReviewFormat, XmlHoldsWhatBuyersWrite) {
    EXPECT_EQ(xml_text("a\x0B\x1F&<>\"é"), "a  &amp;&lt;&gt;&quot;é");
    EXPECT_EQ(xml_text("\xFFx"), "?x");
    EXPECT_EQ(xml_text("a\xEF\xBF\xBF\xEF\xBF\xBE"), "a  ");
}

TEST(ProductJsonLd, EveryAnswerCountsAndOnlyTextsAreShown) {
    ProductJsonLd products;
    Review silent = sample_review();
    silent.text.clear();
    silent.stars = 1;
    products.add(sample_review());
    products.add(silent);
    const auto json = nlohmann::json::parse(products.text());
    ASSERT_EQ(json.size(), 1U);
    const auto& product = json.at(0);
    EXPECT_EQ(product.at("@type"), "Product");
    EXPECT_EQ(product.at("aggregateRating").at("ratingValue"), 2.5);
    EXPECT_EQ(product.at("aggregateRating").at("ratingCount"), 2);
    EXPECT_EQ(product.at("aggregateRating").at("reviewCount"), 1);
    EXPECT_EQ(product.at("review").size(), 1U);
    EXPECT_EQ(product.at("review").at(0).at("datePublished"), "2026-09-21");
    EXPECT_THAT(products.text(), Not(HasSubstr("Organization")));
}

}  // namespace
}  // namespace verso::records

// SPDX-License-Identifier: Apache-2.0
// Google Product Ratings feed 2.4: https://developers.google.com/product-review-feeds/schema and
// .../sample. The order of the elements matters. Every feed is the whole: a review that is left out
// is deleted at Google's, so withdrawals are followed by writing the feed again.
#include <fmt/format.h>

#include <array>

#include "core/util/time.h"
#include "records/export/review_format.h"

namespace verso::records {

namespace {

/// <gtins><gtin>…</gtin></gtins> … in the order of the schema; nothing where nothing is known.
std::string ids_of(const Article& article) {
    const std::array<std::pair<std::string_view, const std::string*>, 4> ids{
        {{"gtin", &article.gtin},
         {"mpn", &article.mpn},
         {"sku", &article.sku},
         {"brand", &article.brand}}};
    std::string text;
    for (const auto& [name, value] : ids) {
        if (value->empty()) continue;
        text += fmt::format("<{0}s><{0}>{1}</{0}></{0}s>", name, xml_text(*value));
    }
    return text.empty() ? "" : "<product_ids>" + text + "</product_ids>";
}

std::string product_of(const Article& article) {
    const std::string name =
        article.title.empty() ? "" : "<product_name>" + xml_text(article.title) + "</product_name>";
    return "<products><product>" + ids_of(article) + name + "<product_url>" +
           xml_text(article.url) + "</product_url></product></products>";
}

std::string reviewer_of(const Review& review) {
    if (review.reviewer.empty()) {
        return R"(<reviewer><name is_anonymous="true">Anonymous</name></reviewer>)";
    }
    return "<reviewer><name>" + xml_text(review.reviewer) + "</name></reviewer>";
}

std::string optional_element(std::string_view name, std::string_view value) {
    return value.empty() ? "" : fmt::format("<{0}>{1}</{0}>", name, xml_text(value));
}

std::string review_element(const Review& review) {
    return fmt::format(
        "<review><review_id>{}</review_id>{}<is_verified_purchase>true</is_verified_purchase>"
        "<is_incentivized_review>false</is_incentivized_review>"
        "<review_timestamp>{}</review_timestamp><content>{}</content>{}{}"
        "<review_url type=\"group\">{}</review_url>"
        "<ratings><overall min=\"1\" max=\"5\">{}</overall></ratings>{}"
        "<is_spam>false</is_spam><collection_method>post_fulfillment</collection_method>"
        "</review>\n",
        review.id, reviewer_of(review), format_utc(review.at), xml_text(review.text),
        optional_element("review_language", review.language),
        optional_element("review_country", review.country), xml_text(review.article->url),
        review.stars, product_of(*review.article));
}

}  // namespace

Result<ReviewFormat> google_product_format(const Publisher& publisher) {
    if (publisher.name.empty()) {
        return Error{ErrorCode::ValueInvalid, "the feed names its publisher", "shop.name",
                     "give the shop's name in verso.toml"};
    }
    ReviewFormat format{{FormatNeed::Text, FormatNeed::Url}};
    format.full_feed = true;
    format.head = fmt::format(
        "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n"
        "<feed xmlns:vc=\"http://www.w3.org/2007/XMLSchema-versioning\" "
        "xmlns:xsi=\"http://www.w3.org/2001/XMLSchema-instance\" "
        "xsi:noNamespaceSchemaLocation=\"http://www.google.com/shopping/reviews/schema/product/2.4/"
        "product_reviews.xsd\">\n<version>2.4</version>\n<publisher><name>{}</name></publisher>\n",
        xml_text(publisher.name));
    format.opening = "<reviews>\n";
    format.closing = "</reviews>\n";
    format.tail = "</feed>\n";
    format.line = review_element;
    return format;
}

}  // namespace verso::records

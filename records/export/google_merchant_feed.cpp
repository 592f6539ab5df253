// SPDX-License-Identifier: Apache-2.0
// Google merchant review feed 5.0: https://developers.google.com/merchant-review-feeds/xmlschema
// and .../v5samplefeed. Reviews of the shop; the text may be empty, so every rating is in it.
#include <fmt/format.h>

#include "core/util/time.h"
#include "records/export/review_format.h"

namespace verso::records {

namespace {

std::string review_element(const Review& review, const std::string& merchant) {
    const std::string name =
        review.reviewer.empty()
            ? ""
            : "<reviewer_name>" + xml_text(review.reviewer) + "</reviewer_name>";
    const std::string country =
        review.country.empty() ? ""
                               : "<country_code>" + xml_text(review.country) + "</country_code>";
    return fmt::format(
        "<review id=\"{}\" mid=\"{}\">{}<create_timestamp>{}</create_timestamp>"
        "<last_update_timestamp>{}</last_update_timestamp>{}<content>{}</content>"
        "<ratings><overall min=\"1\" max=\"5\">{}</overall></ratings>"
        "<collection_method>after_fulfillment</collection_method></review>\n",
        review.id, merchant, name, format_utc(review.at), format_utc(review.at), country,
        xml_text(review.text), review.stars);
}

}  // namespace

Result<ReviewFormat> google_merchant_format(const Publisher& publisher) {
    if (publisher.name.empty() || publisher.shop_url.empty()) {
        return Error{ErrorCode::ValueInvalid, "the feed names the shop and its page", "--shop-url",
                     "give the shop's name in verso.toml and its address with --shop-url"};
    }
    const std::string rating_url =
        publisher.rating_url.empty() ? publisher.shop_url : publisher.rating_url;
    const std::string merchant = xml_text(publisher.merchant_id);
    ReviewFormat format{{}};
    format.of_shop = true;
    format.full_feed = true;
    format.head = fmt::format(
        "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n"
        "<feed xmlns=\"http://schemas.google.com/merchant_reviews/5.0\" "
        "xmlns:xsi=\"http://www.w3.org/2001/XMLSchema-instance\" "
        "xsi:schemaLocation=\"http://schemas.google.com/merchant_reviews/5.0 "
        "http://www.gstatic.com/productsearch/static/reviews/5.0/merchant_reviews.xsd\">\n"
        "<merchants><merchant id=\"{}\"><name>{}</name><merchant_url>{}</merchant_url>"
        "<rating_url>{}</rating_url></merchant></merchants>\n",
        merchant, xml_text(publisher.name), xml_text(publisher.shop_url), xml_text(rating_url));
    format.opening = "<reviews>\n";
    format.closing = "</reviews>\n";
    format.tail = "</feed>\n";
    format.line = [merchant](const Review& review) { return review_element(review, merchant); };
    return format;
}

}  // namespace verso::records

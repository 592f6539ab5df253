// SPDX-License-Identifier: Apache-2.0
// Stamped, "Managing Reviews: Import reviews into Stamped",
// https://stampedsupport.stamped.io/hc/en-us/articles/8839367004443
// product_id, productUrl, productImageUrl, productTitle, rating, author, body and created_at are
// required; created_at is yyyy-mm-dd hh:mm:ss.
#include "records/export/review_format.h"

namespace verso::records {

ReviewFormat stamped_format() {
    ReviewFormat format{
        {FormatNeed::Text, FormatNeed::ProductId, FormatNeed::Url, FormatNeed::Image}};
    format.head = csv_line({"product_id",     "product_handle", "productUrl",   "productImageUrl",
                            "photoFilenames", "videoFilenames", "productTitle", "rating",
                            "title",          "author",         "email",        "body",
                            "created_at",     "published",      "reply",        "replied_at",
                            "publishedReply", "tags",           "recommended",  "votes_up",
                            "votes_down",     "location",       "featured"});
    format.line = [](const Review& review) {
        const Article& article = *review.article;
        const std::string stars = std::to_string(review.stars), at = date_and_time(review.at);
        const std::string author = review.reviewer.empty() ? "Anonymous" : review.reviewer;
        return csv_line({article.product_id,
                         article.handle,
                         article.url,
                         article.image_url,
                         "",
                         "",
                         article.title,
                         stars,
                         "",
                         author,
                         review.email,
                         review.text,
                         at,
                         "TRUE",
                         "",
                         "",
                         "",
                         "",
                         "",
                         "",
                         "",
                         review.country,
                         ""});
    };
    return format;
}

}  // namespace verso::records

// SPDX-License-Identifier: Apache-2.0
// Yotpo, "Importing reviews to Yotpo", https://support.yotpo.com/docs/importing-reviews-to-yotpo
// The columns of its template; it matches them by name. Product id, date, text, score, e-mail and
// country are required for reviews of products.
#include "records/export/review_format.h"

namespace verso::records {

ReviewFormat yotpo_format() {
    ReviewFormat format{
        {FormatNeed::Text, FormatNeed::ProductId, FormatNeed::Email, FormatNeed::Country}};
    format.head = csv_line({"product_id",
                            "product_title",
                            "product_url",
                            "date",
                            "review_content",
                            "review_score",
                            "review_title",
                            "display_name",
                            "email",
                            "user_type",
                            "md_customer_country",
                            "published",
                            "product_image_url",
                            "product_description",
                            "comment_content",
                            "comment_public",
                            "comment_created_at",
                            "published_image_url",
                            "unpublished_image_url",
                            "published_video_url",
                            "unpublished_video_url"});
    format.line = [](const Review& review) {
        const Article& article = *review.article;
        const std::string stars = std::to_string(review.stars), day = date_text(review.at);
        return csv_line({article.product_id,
                         article.title,
                         article.url,
                         day,
                         review.text,
                         stars,
                         "",
                         review.reviewer,
                         review.email,
                         "verified_buyer",
                         review.country,
                         "true",
                         article.image_url,
                         "",
                         "",
                         "",
                         "",
                         "",
                         "",
                         "",
                         ""});
    };
    return format;
}

}  // namespace verso::records

// SPDX-License-Identifier: Apache-2.0
// Judge.me, "Importing reviews using Judge.me template",
// https://judge.me/help/en/articles/8415368-importing-reviews-using-judge-me-template
// Columns by name; body and rating are required; review_date is dd/mm/yyyy.
#include "records/export/review_format.h"

namespace verso::records {

ReviewFormat judgeme_format() {
    ReviewFormat format{{FormatNeed::Text, FormatNeed::IdOrHandle}};
    format.head =
        csv_line({"title", "body", "rating", "review_date", "reviewer_name", "reviewer_email",
                  "product_id", "product_handle", "reply", "picture_urls"});
    format.line = [](const Review& review) {
        const std::string stars = std::to_string(review.stars), day = british_date(review.at);
        return csv_line({"", review.text, stars, day, review.reviewer, review.email,
                         review.article->product_id, review.article->handle, "", ""});
    };
    return format;
}

}  // namespace verso::records

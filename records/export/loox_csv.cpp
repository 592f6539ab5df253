// SPDX-License-Identifier: Apache-2.0
// Loox, "Importing Reviews Using a Custom File",
// https://help.loox.io/support/solutions/articles/501000162508-importing-reviews-using-a-custom-file
// product_handle (else product_Id), rating, author, body and created_at (yyyy-mm-dd) are required.
#include "records/export/review_format.h"

namespace verso::records {

ReviewFormat loox_format() {
    ReviewFormat format{{FormatNeed::Text, FormatNeed::IdOrHandle}};
    format.head =
        csv_line({"product_handle", "product_Id", "rating", "author", "email", "body", "created_at",
                  "photo_url", "reply", "replied_at", "verified_purchase", "incentivized"});
    format.line = [](const Review& review) {
        const Article& article = *review.article;
        const std::string stars = std::to_string(review.stars), day = date_text(review.at);
        const std::string author = review.reviewer.empty() ? "Anonymous" : review.reviewer;
        return csv_line({article.handle, article.product_id, stars, author, review.email,
                         review.text, day, "", "", "", "true", "false"});
    };
    return format;
}

}  // namespace verso::records

// SPDX-License-Identifier: Apache-2.0
// Okendo, "Importing Reviews Using the Okendo Import Template",
// https://support.okendo.io/en/articles/2057320-importing-reviews-using-the-okendo-import-template
// name, body, rating, dateCreated and one of handle, productId and sku are required; the header
// must not be changed.
#include "records/export/review_format.h"

namespace verso::records {

ReviewFormat okendo_format() {
    ReviewFormat format{{FormatNeed::Text, FormatNeed::ProductOrName}};
    format.head = csv_line({"name",          "body",
                            "handle",        "productId",
                            "rating",        "sku",
                            "dateCreated",   "countryCode",
                            "email",         "imageUrls",
                            "isApproved",    "isIncentivized",
                            "isRecommended", "rejectedImageUrls",
                            "reply",         "replyDateCreated",
                            "replyIsPublic", "title",
                            "videoUrls",     "isVerifiedBuyer",
                            "variantId",     "status"});
    format.line = [](const Review& review) {
        const Article& article = *review.article;
        const std::string stars = std::to_string(review.stars), day = date_text(review.at);
        const std::string name = review.reviewer.empty() ? "Anonymous" : review.reviewer;
        return csv_line({name,
                         review.text,
                         article.handle,
                         article.product_id,
                         stars,
                         article.sku,
                         day,
                         review.country,
                         review.email,
                         "",
                         "true",
                         "false",
                         "",
                         "",
                         "",
                         "",
                         "",
                         "",
                         "",
                         "true",
                         "",
                         "approved"});
    };
    return format;
}

}  // namespace verso::records

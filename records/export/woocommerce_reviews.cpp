// SPDX-License-Identifier: Apache-2.0
// WooCommerce REST API v3, "Product reviews": each element of the array is the body of one
// POST /wp-json/wc/v3/products/reviews, woocommerce/woocommerce-rest-api-docs,
// source/includes/wp-api-v3/_product-reviews.md
#include <nlohmann/json.hpp>

#include "records/export/review_format.h"

namespace verso::records {

ReviewFormat woocommerce_format() {
    ReviewFormat format{{FormatNeed::Text, FormatNeed::NumericId, FormatNeed::Email}};
    format.head = "[";
    format.between = ",\n";
    format.tail = "]\n";
    format.line = [](const Review& review) {
        const nlohmann::ordered_json json{
            {"product_id", std::stoll(review.article->product_id)},
            {"review", review.text},
            {"reviewer", review.reviewer.empty() ? "Anonymous" : review.reviewer},
            {"reviewer_email", review.email},
            {"rating", review.stars},
            {"status", "approved"},
            {"verified", true}};
        return json.dump(-1, ' ', false, nlohmann::json::error_handler_t::replace);
    };
    return format;
}

}  // namespace verso::records

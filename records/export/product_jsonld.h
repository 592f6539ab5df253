// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <map>
#include <string>
#include <vector>

#include "records/export/review.h"

namespace verso::records {

/// schema.org Product with AggregateRating and Review (https://schema.org/Product,
/// https://developers.google.com/search/docs/appearance/structured-data/review-snippet). Articles
/// only: stars that an organisation gives itself on its own page are not shown by Google and not
/// written here. The aggregate counts every answer; reviews are those with a text to publish.
class ProductJsonLd {
  public:
    /// Requires: a review of an article. Without SKU and title nothing can be said of it.
    void add(const Review& review);
    /// A JSON array with one Product each, by SKU: each stands alone on its page.
    std::string text() const;
    std::size_t products() const { return products_.size(); }

  private:
    struct Product {
        Article article;
        std::int64_t n = 0, sum = 0;
        std::vector<Review> reviews;
    };
    std::map<std::string, Product> products_;
};

}  // namespace verso::records

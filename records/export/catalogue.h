// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <map>
#include <string>
#include <string_view>

#include "core/domain/order.h"
#include "core/util/result.h"

namespace verso::records {

/// What other systems call an article.
struct Article {
    std::string sku, title;
    std::string product_id;  ///< the shop platform's own key
    std::string handle;      ///< the last part of its address in a Shopify shop
    std::string url, image_url;
    std::string gtin;  ///< 8, 12, 13 or 14 digits whose check digit is right; else empty
    std::string brand, mpn;
    friend bool operator==(const Article&, const Article&) = default;
};

/// What the shop knows of its articles beyond the orders: a CSV that the merchant gives, and a
/// pattern for addresses. A value.
class Catalogue {
  public:
    Catalogue() = default;
    /// `url_pattern` makes the address of an article that the file has none for: {sku},
    /// {product_id}, {handle} and {gtin} are filled in, percent-encoded. Empty: no address.
    explicit Catalogue(std::string url_pattern) : url_pattern_(std::move(url_pattern)) {}

    /// Reads a CSV with a column `sku` and any of product_id, handle, url, image_url, title, gtin,
    /// brand, mpn, in any order. FormatInvalid, with the line, for what is no such file.
    Result<void> read_csv(std::string_view bytes);

    /// The article of an order's line, completed by what is known of its SKU.
    Article article_of(const OrderLine& line) const;

  private:
    std::map<std::string, Article, std::less<>> by_sku_;
    std::string url_pattern_;
};

/// Whether the digits are a GTIN-8, -12, -13 or -14 with the right check digit (GS1 General
/// Specifications, 7.9).
bool is_gtin(std::string_view digits);

}  // namespace verso::records

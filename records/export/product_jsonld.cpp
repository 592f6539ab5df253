// SPDX-License-Identifier: Apache-2.0
#include "records/export/product_jsonld.h"

#include <cmath>
#include <nlohmann/json.hpp>

#include "core/util/time.h"
#include "records/export/review_format.h"

namespace verso::records {

namespace {

using Json = nlohmann::ordered_json;

Json review_json(const Review& review) {
    const std::string author = review.reviewer.empty() ? "Anonymous" : review.reviewer;
    return {{"@type", "Review"},
            {"author", {{"@type", "Person"}, {"name", author}}},
            {"datePublished", date_text(review.at)},
            {"reviewBody", review.text},
            {"reviewRating",
             {{"@type", "Rating"},
              {"ratingValue", review.stars},
              {"bestRating", 5},
              {"worstRating", 1}}}};
}

Json product_json(const Article& article) {
    Json json{{"@context", "https://schema.org"}, {"@type", "Product"}};
    const auto add = [&](const char* name, const std::string& value) {
        if (!value.empty()) json[name] = value;
    };
    add("name", article.title.empty() ? article.sku : article.title);
    add("sku", article.sku);
    add("gtin", article.gtin);
    add("mpn", article.mpn);
    if (!article.brand.empty()) json["brand"] = {{"@type", "Brand"}, {"name", article.brand}};
    add("url", article.url);
    add("image", article.image_url);
    return json;
}

}  // namespace

void ProductJsonLd::add(const Review& review) {
    const std::string key =
        review.article->sku.empty() ? review.article->title : review.article->sku;
    if (key.empty()) return;
    Product& product = products_[key];
    product.article = *review.article;
    ++product.n;
    product.sum += review.stars;
    if (!review.text.empty()) product.reviews.push_back(review);
}

std::string ProductJsonLd::text() const {
    Json all = Json::array();
    for (const auto& [key, product] : products_) {
        Json json = product_json(product.article);
        const double mean = static_cast<double>(product.sum) / static_cast<double>(product.n);
        json["aggregateRating"] = {{"@type", "AggregateRating"},
                                   {"ratingValue", std::round(mean * 100) / 100},
                                   {"ratingCount", product.n},
                                   {"bestRating", 5},
                                   {"worstRating", 1}};
        if (!product.reviews.empty()) {
            json["aggregateRating"]["reviewCount"] = product.reviews.size();
            Json reviews = Json::array();
            for (const Review& review : product.reviews) reviews.push_back(review_json(review));
            json["review"] = std::move(reviews);
        }
        all.push_back(std::move(json));
    }
    return all.dump(1, ' ', false, nlohmann::json::error_handler_t::replace) + "\n";
}

}  // namespace verso::records

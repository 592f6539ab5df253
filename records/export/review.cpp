// SPDX-License-Identifier: Apache-2.0
#include "records/export/review.h"

#include <algorithm>

#include "core/card/card_layout.h"
#include "core/crypto/crypto.h"
#include "core/domain/card_link.h"

namespace verso::records {

namespace {

constexpr std::size_t kIdDigits = 20;

/// Nobody who has the published id learns the card by trying: 60 random bits are behind it.
std::string review_id(const ExportRow& row, std::string_view article) {
    const std::string secretless = "verso review\n" + row.order.number.get() + "\n" +
                                   format_card(row.rating.card) + "\n" + std::string(article);
    return sha256_hex(secretless).substr(0, kIdDigits);
}

std::optional<int> overall_of(const ExportRow& row) {
    const auto answer = row.rating.answers.find(kOverallQuestion);
    if (answer == row.rating.answers.end() || answer->second < 1 || answer->second > 5) {
        return std::nullopt;
    }
    return answer->second;
}

bool is_publishable(const ExportRow& row) {
    return !row.order.insider && row.rating.kind == ResponseKind::Scores;
}

Review plain_review(const ExportRow& row, std::string_view article, int stars) {
    Review review;
    review.id = review_id(row, article);
    review.stars = stars;
    review.country = row.order.ship_to.country;
    review.language = row.order.language;
    review.at = row.rating.recorded_at;
    return review;
}

void add_text(Review& review, const ExportRow& row, const ReviewOptions& options) {
    review.text = publishable_text(row);
    if (review.text.empty()) return;
    if (options.with_names) review.reviewer = short_name(row.order.ship_to.name);
    if (options.with_email) review.email = row.order.email;
}

/// What tells articles of an order apart.
std::string article_key(const OrderLine& line) {
    if (!line.sku.empty()) return "sku " + line.sku;
    return line.product_id.empty() ? "title " + line.title : "product " + line.product_id;
}

std::size_t count_articles(const Order& order) {
    std::vector<std::string> keys;
    for (const OrderLine& line : order.lines) keys.push_back(article_key(line));
    std::ranges::sort(keys);
    return keys.size() - std::ranges::unique(keys).size();
}

bool is_blank(std::string_view text) {
    return text.find_first_not_of(" \t\r\n") == std::string_view::npos;
}

/// The first character of UTF-8 text.
std::string_view first_character(std::string_view text) {
    std::size_t end = std::min<std::size_t>(1, text.size());
    while (end < text.size() && (static_cast<unsigned char>(text[end]) & 0xC0) == 0x80) ++end;
    return text.substr(0, end);
}

}  // namespace

std::string short_name(std::string_view name) {
    constexpr std::string_view kBlanks = " \t\r\n";
    const std::size_t begin = name.find_first_not_of(kBlanks);
    if (begin == std::string_view::npos) return "";
    name = name.substr(begin, name.find_last_not_of(kBlanks) - begin + 1);
    const std::size_t first_end = name.find_first_of(kBlanks);
    if (first_end == std::string_view::npos) return std::string(name);
    const std::string_view last = name.substr(name.find_last_of(kBlanks) + 1);
    return std::string(name.substr(0, first_end)) + " " + std::string(first_character(last)) + ".";
}

std::string publishable_text(const ExportRow& row) {
    const bool allowed = row.rating.publish && !row.text_hidden && is_publishable(row);
    return allowed && !is_blank(row.rating.comment) ? row.rating.comment : "";
}

std::optional<Review> shop_review(const ExportRow& row, const ReviewOptions& options) {
    const auto stars = overall_of(row);
    if (!is_publishable(row) || !stars) return std::nullopt;
    Review review = plain_review(row, "", *stars);
    add_text(review, row, options);
    return review;
}

std::vector<Review> article_reviews(const ExportRow& row, const Catalogue& catalogue,
                                    const ReviewOptions& options) {
    std::vector<Review> reviews;
    if (!is_publishable(row)) return reviews;
    const auto overall = overall_of(row);
    const bool is_single = count_articles(row.order) == 1;
    const bool overall_counts = options.articles == ArticleRule::All ||
                                (options.articles == ArticleRule::Single && is_single);
    std::vector<std::string> seen;
    for (const OrderLine& line : row.order.lines) {
        const auto own = row.rating.products.find(line.line);
        const bool has_own =
            own != row.rating.products.end() && own->second >= 1 && own->second <= 5;
        if (!has_own && !(overall_counts && overall)) continue;
        const std::string key = article_key(line);
        if (std::ranges::find(seen, key) != seen.end()) continue;
        seen.push_back(key);
        Review review = plain_review(row, key, has_own ? own->second : *overall);
        review.article = catalogue.article_of(line);
        // The text is about the order: it goes with an article only where they are the same.
        if (is_single || options.articles == ArticleRule::All) add_text(review, row, options);
        reviews.push_back(std::move(review));
    }
    return reviews;
}

}  // namespace verso::records

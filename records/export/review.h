// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "core/domain/answer.h"
#include "core/domain/order.h"
#include "records/export/catalogue.h"

namespace verso::records {

// What of a rating may leave the house as a review. Pure. The rules: a text only where the buyer
// allowed it and no moderation hid it, a name only beside such a text, no insider, no "not
// received" and no "cancelled"; the stars of everybody else, whatever they are.

/// One rating and what is known around it.
struct ExportRow {
    Rating rating;
    Order order;  ///< its newest revision
    std::string carrier{}, service{}, template_name{};
    int parcel = 1;
    bool text_hidden = false;  ///< a person hid the comment by one of the published reasons
};

/// About which articles a rating speaks.
enum class ArticleRule {
    Own,     ///< those that were given stars of their own
    Single,  ///< also the only article of an order: it has the order's overall answer
    All,     ///< also every other article: the overall answer stands for each
};

struct ReviewOptions {
    ArticleRule articles = ArticleRule::Single;  ///< default: what the buyer said, no more
    bool with_names = true;                      ///< "Éloïse E." beside a text; default: yes
    bool with_email = false;                     ///< the buyer's address beside a text; default: no
};

/// What may be published of one rating, about one article or about the shop.
struct Review {
    std::string id;  ///< the same for ever, tells nothing of the order or the card
    std::optional<Article> article{};  ///< nothing: about the shop
    int stars = 0;                     ///< 1 to 5
    std::string text{};                ///< empty: there is none to publish
    std::string reviewer{};            ///< empty: nobody
    std::string email{};
    std::string country, language;  ///< as the order has them
    Instant at{};
};

/// "Éloïse E." for "Éloïse Exemple": the first word, and the first character of the last.
std::string short_name(std::string_view name);

/// The comment if it may be shown, else nothing.
std::string publishable_text(const ExportRow& row);

/// A review of the shop, unless none may be published.
std::optional<Review> shop_review(const ExportRow& row, const ReviewOptions& options);

/// Reviews of articles, each article once, by line.
std::vector<Review> article_reviews(const ExportRow& row, const Catalogue& catalogue,
                                    const ReviewOptions& options);

}  // namespace verso::records

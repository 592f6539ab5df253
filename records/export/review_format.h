// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <functional>
#include <initializer_list>
#include <map>
#include <string>
#include <string_view>
#include <vector>

#include "core/util/result.h"
#include "records/export/review.h"

namespace verso::records {

/// What a format cannot do without; a review that lacks it is left out and counted.
enum class FormatNeed {
    Text,           ///< a text that may be published
    Email,          ///< the buyer's e-mail address
    Country,        ///< the country that the parcel went to
    ProductId,      ///< the platform's key of the article
    NumericId,      ///< the same, a number
    ProductOrName,  ///< key, handle or SKU of the article
    IdOrHandle,     ///< key or handle of the article
    Url,            ///< the address of the article's page
    Image,          ///< the address of the article's picture
};
/// "no text that may be published" …: why a review was left out.
std::string_view to_string(FormatNeed need);

/// What feeds say of the shop.
struct Publisher {
    std::string name;
    std::string shop_url;    ///< the shop's own page
    std::string rating_url;  ///< where the reviews are shown
    std::string merchant_id = "1";
};

/// One format for reviews: pure functions from values to text. The file is head, opening, the lines
/// with `between` between them, closing, tail; without any line there is neither opening nor
/// closing.
struct ReviewFormat {
    std::vector<FormatNeed> needs{};
    bool of_shop = false;    ///< reviews of the shop; else of articles
    bool full_feed = false;  ///< what is left out next time is deleted: no --since
    std::string head{}, opening{}, between{}, closing{}, tail{};
    std::function<std::string(const Review&)> line{};
};

// One file each: X_csv.cpp, google_product_feed.cpp …
ReviewFormat judgeme_format();
ReviewFormat yotpo_format();
ReviewFormat stamped_format();
ReviewFormat okendo_format();
ReviewFormat loox_format();
ReviewFormat woocommerce_format();
/// ValueInvalid unless the publisher has what the feed requires.
Result<ReviewFormat> google_product_format(const Publisher& publisher);
Result<ReviewFormat> google_merchant_format(const Publisher& publisher);

/// Writes one format piece by piece.
class ReviewWriter {
  public:
    explicit ReviewWriter(ReviewFormat format) : format_(std::move(format)) {}
    /// Takes the review, or notes why it is left out.
    void add(const Review& review);
    /// The whole file.
    std::string text() const;
    std::size_t written() const { return written_; }
    const std::map<FormatNeed, std::size_t>& left_out() const { return left_out_; }

  private:
    ReviewFormat format_;
    std::string body_;
    std::size_t written_ = 0;
    std::map<FormatNeed, std::size_t> left_out_;
};

/// Cells with commas between them, each by csv_cell, and CRLF. Requires: at least one.
std::string csv_line(std::initializer_list<std::string_view> cells);
/// Text for an XML element or attribute: & < > " escaped; what XML 1.0 forbids (control
/// characters, bytes that are not UTF-8) becomes a blank or '?'.
std::string xml_text(std::string_view text);
/// "2026-11-14", "14/11/2026", "2026-11-14 07:47:05"; UTC.
std::string date_text(Instant at);
std::string british_date(Instant at);
std::string date_and_time(Instant at);

}  // namespace verso::records

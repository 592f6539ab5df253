// SPDX-License-Identifier: Apache-2.0
#include "records/export/review_format.h"

#include <algorithm>
#include <optional>

#include "core/util/time.h"
#include "records/export/rating_export.h"
#include "records/import/csv_dialect.h"

namespace verso::records {

namespace {

bool has_number(const std::string& text) {
    return !text.empty() && text.size() <= 18 &&
           std::ranges::all_of(text, [](char c) { return c >= '0' && c <= '9'; });
}

bool meets(const Review& review, FormatNeed need) {
    const Article article = review.article.value_or(Article{});
    switch (need) {
        case FormatNeed::Text:
            return !review.text.empty();
        case FormatNeed::Email:
            return !review.email.empty();
        case FormatNeed::Country:
            return !review.country.empty();
        case FormatNeed::ProductId:
            return !article.product_id.empty();
        case FormatNeed::NumericId:
            return has_number(article.product_id);
        case FormatNeed::IdOrHandle:
            return !article.product_id.empty() || !article.handle.empty();
        case FormatNeed::ProductOrName:
            return !article.product_id.empty() || !article.handle.empty() || !article.sku.empty();
        case FormatNeed::Url:
            return !article.url.empty();
        case FormatNeed::Image:
            return !article.image_url.empty();
    }
    return false;
}

}  // namespace

std::string_view to_string(FormatNeed need) {
    switch (need) {
        case FormatNeed::Text:
            return "no text that may be published";
        case FormatNeed::Email:
            return "no e-mail address (--with-email)";
        case FormatNeed::Country:
            return "no country";
        case FormatNeed::ProductId:
            return "no product_id (--articles FILE)";
        case FormatNeed::NumericId:
            return "no numeric product_id (--articles FILE)";
        case FormatNeed::IdOrHandle:
            return "neither product_id nor handle (--articles FILE)";
        case FormatNeed::ProductOrName:
            return "neither product_id, handle nor SKU";
        case FormatNeed::Url:
            return "no address of the article (--article-url, --articles FILE)";
        case FormatNeed::Image:
            return "no picture of the article (--articles FILE)";
    }
    return "";
}

void ReviewWriter::add(const Review& review) {
    for (const FormatNeed need : format_.needs) {
        if (meets(review, need)) continue;
        ++left_out_[need];
        return;
    }
    if (written_ > 0) body_ += format_.between;
    body_ += format_.line(review);
    ++written_;
}

std::string ReviewWriter::text() const {
    if (written_ == 0) return format_.head + format_.tail;
    return format_.head + format_.opening + body_ + format_.closing + format_.tail;
}

std::string csv_line(std::initializer_list<std::string_view> cells) {
    std::string line;
    for (const std::string_view cell : cells) line += csv_cell(cell) + ',';
    line.pop_back();
    return line + "\r\n";
}

std::string xml_text(std::string_view text) {
    const bool sound = is_utf8(text);
    std::string out;
    for (const char c : text) {
        const auto byte = static_cast<unsigned char>(c);
        switch (c) {
            case '&':
                out += "&amp;";
                break;
            case '<':
                out += "&lt;";
                break;
            case '>':
                out += "&gt;";
                break;
            case '"':
                out += "&quot;";
                break;
            case '\t':
            case '\n':
                out += c;
                break;
            default:
                if (byte < 0x20) {
                    out += ' ';
                } else {
                    out += byte >= 0x80 && !sound ? '?' : c;
                }
        }
    }
    // U+FFFE and U+FFFF are characters of UTF-8 and none of XML.
    for (const std::string_view forbidden : {"\xEF\xBF\xBE", "\xEF\xBF\xBF"}) {
        for (std::size_t at = out.find(forbidden); at != std::string::npos;
             at = out.find(forbidden, at)) {
            out.replace(at, forbidden.size(), " ");
        }
    }
    return out;
}

std::string date_text(Instant at) { return format_utc(at).substr(0, 10); }

std::string british_date(Instant at) {
    const std::string day = date_text(at);
    return day.substr(8, 2) + "/" + day.substr(5, 2) + "/" + day.substr(0, 4);
}

std::string date_and_time(Instant at) {
    const std::string text = format_utc(at);
    return text.substr(0, 10) + " " + text.substr(11, 8);
}

}  // namespace verso::records

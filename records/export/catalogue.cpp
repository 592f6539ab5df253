// SPDX-License-Identifier: Apache-2.0
#include "records/export/catalogue.h"

#include <algorithm>
#include <array>
#include <utility>

#include "records/import/csv_reader.h"

namespace verso::records {

namespace {

using Field = std::string Article::*;
constexpr std::array<std::pair<std::string_view, Field>, 9> kColumns{
    {{"sku", &Article::sku},
     {"title", &Article::title},
     {"product_id", &Article::product_id},
     {"handle", &Article::handle},
     {"url", &Article::url},
     {"image_url", &Article::image_url},
     {"gtin", &Article::gtin},
     {"brand", &Article::brand},
     {"mpn", &Article::mpn}}};

Error bad_catalogue(std::size_t line, std::string message) {
    return {ErrorCode::FormatInvalid, std::move(message), "line " + std::to_string(line),
            "give a CSV with the column sku and any of product_id, handle, url, image_url, title, "
            "gtin, brand, mpn"};
}

std::string percent_encoded(std::string_view text) {
    constexpr std::string_view kHex = "0123456789ABCDEF";
    std::string out;
    for (const char c : text) {
        const auto byte = static_cast<unsigned char>(c);
        const bool plain = (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') ||
                           (c >= '0' && c <= '9') || c == '-' || c == '_' || c == '.' || c == '~';
        if (plain) {
            out += c;
        } else {
            out += {'%', kHex[byte >> 4], kHex[byte & 15]};
        }
    }
    return out;
}

/// Empty when the pattern asks for something that the article has not: no half address.
std::string filled(std::string_view pattern, const Article& article) {
    std::string url;
    while (!pattern.empty()) {
        const std::size_t open = pattern.find('{');
        url += pattern.substr(0, open);
        if (open == std::string_view::npos) break;
        const std::size_t close = pattern.find('}', open);
        if (close == std::string_view::npos) return "";
        const std::string_view name = pattern.substr(open + 1, close - open - 1);
        const auto column =
            std::ranges::find(kColumns, name, [](auto& each) { return each.first; });
        if (column == kColumns.end() || (article.*column->second).empty()) return "";
        url += percent_encoded(article.*column->second);
        pattern.remove_prefix(close + 1);
    }
    return url;
}

}  // namespace

Result<void> Catalogue::read_csv(std::string_view bytes) {
    auto text = CsvText::decode(bytes);
    if (!text) return text.error();
    CsvReader reader(text->text(), sniff_dialect(text->text()));
    CsvRecord record;
    if (!reader.next(record)) return bad_catalogue(1, "the file is empty");
    std::vector<Field> fields;
    for (const std::string_view name : record.fields) {
        const auto column =
            std::ranges::find(kColumns, unguarded(name), [](auto& each) { return each.first; });
        fields.push_back(column == kColumns.end() ? nullptr : column->second);
    }
    if (std::ranges::find(fields, &Article::sku) == fields.end()) {
        return bad_catalogue(record.line, "there is no column sku");
    }
    while (reader.next(record)) {
        if (!record.fault.empty()) return bad_catalogue(record.line, std::string(record.fault));
        Article article;
        for (std::size_t i = 0; i < std::min(fields.size(), record.fields.size()); ++i) {
            if (fields.at(i)) article.*fields.at(i) = unguarded(record.fields.at(i));
        }
        if (article.sku.empty()) return bad_catalogue(record.line, "the sku is empty");
        const std::string sku = article.sku;
        by_sku_[sku] = std::move(article);
    }
    return {};
}

Article Catalogue::article_of(const OrderLine& line) const {
    Article article{line.sku, line.title, line.product_id, "", "", "", line.ean, "", ""};
    if (const auto known = by_sku_.find(line.sku); known != by_sku_.end() && !line.sku.empty()) {
        for (const auto& [name, field] : kColumns) {
            if (!(known->second.*field).empty()) article.*field = known->second.*field;
        }
    }
    if (!is_gtin(article.gtin)) article.gtin.clear();
    if (article.url.empty()) article.url = filled(url_pattern_, article);
    return article;
}

bool is_gtin(std::string_view digits) {
    if (digits.size() != 8 && (digits.size() < 12 || digits.size() > 14)) return false;
    int sum = 0;
    int weight = digits.size() % 2 == 0 ? 3 : 1;
    for (const char c : digits) {
        if (c < '0' || c > '9') return false;
        sum += weight * (c - '0');
        weight = 4 - weight;
    }
    return sum % 10 == 0;
}

}  // namespace verso::records

// SPDX-License-Identifier: Apache-2.0
#include "app/export_job.h"

#include <algorithm>
#include <array>
#include <nlohmann/json.hpp>

#include "records/export/export_table.h"
#include "records/export/product_jsonld.h"
#include "records/export/return_table.h"

namespace verso::app {

namespace {

using records::ExportCursor;
using records::ExportRecord;
using records::ReviewFormat;
using records::TableFormat;

constexpr std::array kTables{"ratings", "responses", "comments", "returns", "segments"};

Result<ReviewFormat> review_format(const ExportRequest& request) {
    if (request.kind == "judgeme") return records::judgeme_format();
    if (request.kind == "yotpo") return records::yotpo_format();
    if (request.kind == "stamped") return records::stamped_format();
    if (request.kind == "okendo") return records::okendo_format();
    if (request.kind == "loox") return records::loox_format();
    if (request.kind == "woocommerce") return records::woocommerce_format();
    if (request.kind == "google-products") return google_product_format(request.publisher);
    return google_merchant_format(request.publisher);
}

records::ReviewOptions review_options(const ExportRequest& request) {
    records::ReviewOptions options;
    options.with_names = !request.anonymous;
    options.with_email = request.with_email;
    options.articles = request.articles == "own"   ? records::ArticleRule::Own
                       : request.articles == "all" ? records::ArticleRule::All
                                                   : records::ArticleRule::Single;
    return options;
}

/// A table while it grows: the header comes from the first row.
struct TableText {
    TableFormat format;
    std::string text{};
    std::size_t rows = 0;

    void add(const ExportRecord& record) {
        if (rows == 0) text += records::table_head(record, format);
        text += records::table_line(record, format);
        ++rows;
    }
};

/// The header alone, where there is no row to take it from.
ExportRecord empty_record(const std::string& kind, const std::vector<std::string>& questions,
                          bool with_email) {
    const records::ExportRow row{};
    if (kind == "ratings") return records::rating_record(row, questions);
    if (kind == "responses") return records::response_record({row, false}, questions);
    if (kind == "comments") return records::comment_record({});
    if (kind == "returns") return records::return_record({}, {}, row.order, {});
    return records::segment_record({}, with_email);
}

/// A row for each line of each return.
Result<void> add_returns(records::Store& store, ShopId shop, TableText& table) {
    return visit_returns(
        store, shop,
        [&](const records::Return& made, const Order& order, Instant opened) -> Result<void> {
            for (const auto& line : made.lines) {
                table.add(records::return_record(made, line, order, opened));
            }
            return {};
        });
}

Result<void> add_segments(records::Store& store, ShopId shop, const ExportRequest& request,
                          TableText& table) {
    return visit_segments(store, shop, [&](const auto& row) -> Result<void> {
        if (takes(request.rule, row, request.now)) {
            table.add(records::segment_record(row, request.with_email));
        }
        return {};
    });
}

Result<std::optional<ExportCursor>> fill_table(records::Store& store, ShopId shop,
                                               const ExportRequest& request,
                                               const ExportCursor& since,
                                               const std::vector<std::string>& questions,
                                               TableText& table) {
    const auto kept = [](Result<ExportCursor> cursor) -> Result<std::optional<ExportCursor>> {
        if (!cursor) return cursor.error();
        return std::optional<ExportCursor>(*cursor);
    };
    if (request.kind == "ratings") {
        return kept(visit_ratings(store, shop, since, [&](const auto& row) -> Result<void> {
            table.add(records::rating_record(row, questions));
            return {};
        }));
    }
    if (request.kind == "responses") {
        return kept(visit_responses(store, shop, since, [&](const auto& row) -> Result<void> {
            table.add(records::response_record(row, questions));
            return {};
        }));
    }
    if (request.kind == "comments") {
        return kept(visit_ratings(store, shop, since, [&](const auto& row) -> Result<void> {
            const auto review = shop_review(row, review_options(request));
            if (review && !review->text.empty()) table.add(records::comment_record(*review));
            return {};
        }));
    }
    auto visited = request.kind == "returns" ? add_returns(store, shop, table)
                                             : add_segments(store, shop, request, table);
    if (!visited) return visited.error();
    return std::optional<ExportCursor>{};
}

Result<Export> make_table(records::Store& store, ShopId shop, const ExportRequest& request,
                          const ExportCursor& since) {
    TableText table{request.format == "csv" ? TableFormat::Csv : TableFormat::JsonLines};
    auto questions = questions_of(store, shop);
    if (!questions) return questions.error();
    auto cursor = fill_table(store, shop, request, since, *questions, table);
    if (!cursor) return cursor.error();
    if (table.rows == 0) {
        table.text = records::table_head(empty_record(request.kind, *questions, request.with_email),
                                         table.format);
    }
    Export made{request.kind, std::move(table.text), table.rows, {}, {}};
    if (*cursor) made.cursor = (*cursor)->text();
    return made;
}

Result<Export> make_reviews(records::Store& store, ShopId shop, const ExportRequest& request,
                            const ExportCursor& since) {
    auto format = review_format(request);
    if (!format) return format.error();
    const bool of_shop = format->of_shop, full_feed = format->full_feed;
    const records::ReviewOptions options = review_options(request);
    records::ReviewWriter writer(std::move(*format));
    auto cursor = visit_ratings(store, shop, since, [&](const auto& row) -> Result<void> {
        if (of_shop) {
            if (const auto review = shop_review(row, options)) writer.add(*review);
            return {};
        }
        for (const auto& review : article_reviews(row, request.catalogue, options)) {
            writer.add(review);
        }
        return {};
    });
    if (!cursor) return cursor.error();
    Export made{request.kind, writer.text(), writer.written(), writer.left_out(), {}};
    if (!full_feed) made.cursor = cursor->text();
    return made;
}

Result<Export> make_json_ld(records::Store& store, ShopId shop, const ExportRequest& request) {
    records::ProductJsonLd products;
    auto cursor = visit_ratings(store, shop, {}, [&](const auto& row) -> Result<void> {
        for (const auto& review :
             article_reviews(row, request.catalogue, review_options(request))) {
            products.add(review);
        }
        return {};
    });
    if (!cursor) return cursor.error();
    return Export{request.kind, products.text(), products.products(), {}, {}};
}

bool is_whole(const std::string& kind) {
    return kind == "segments" || kind == "returns" || kind == "json-ld" ||
           kind.starts_with("google");
}

}  // namespace

std::vector<std::string> export_kinds() {
    std::vector<std::string> kinds(kTables.begin(), kTables.end());
    kinds.insert(kinds.end(), {"judgeme", "yotpo", "stamped", "okendo", "loox", "woocommerce",
                               "google-products", "google-merchant", "json-ld"});
    return kinds;
}

Result<Export> make_export(records::Store& store, ShopId shop, const ExportRequest& request) {
    if (request.kind != "segments" && request.rule != records::SegmentRule{}) {
        return Error{ErrorCode::ValueInvalid,
                     "only segments are chosen by score, reason, days and returns", "",
                     "export segments, or leave the rule out"};
    }
    ExportCursor since;
    if (!request.since.empty()) {
        if (is_whole(request.kind)) {
            return Error{ErrorCode::ValueInvalid,
                         request.kind +
                             " is written whole each time, so that withdrawals are "
                             "followed",
                         "--since", "leave it out"};
        }
        auto parsed = ExportCursor::parse(request.since);
        if (!parsed) return parsed.error();
        since = std::move(*parsed);
    }
    if (request.kind == "json-ld") return make_json_ld(store, shop, request);
    if (std::ranges::find(kTables, request.kind) != kTables.end()) {
        return make_table(store, shop, request, since);
    }
    return make_reviews(store, shop, request, since);
}

void report_export(const Export& made, const std::string& file, Output& out) {
    nlohmann::ordered_json left_out = nlohmann::ordered_json::object();
    for (const auto& [need, n] : made.left_out) {
        const std::string why(records::to_string(need));
        out.warn(std::to_string(n) + " left out: " + why);
        left_out[why] = n;
    }
    if (!file.empty()) {
        out.say(std::to_string(made.written) + " " + made.kind + " written to " + file);
    }
    if (made.cursor) out.warn("next time: --since " + *made.cursor);
    nlohmann::ordered_json json{{"export", made.kind},
                                {"file", file},
                                {"written", made.written},
                                {"left_out", std::move(left_out)},
                                {"cursor", nullptr}};
    if (made.cursor) json["cursor"] = *made.cursor;
    out.line(json.dump(-1, ' ', false, nlohmann::json::error_handler_t::replace));
}

}  // namespace verso::app

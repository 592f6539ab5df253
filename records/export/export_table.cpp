// SPDX-License-Identifier: Apache-2.0
#include "records/export/export_table.h"

#include <nlohmann/json.hpp>
#include <set>

#include "core/card/card_layout.h"
#include "core/domain/card_link.h"
#include "records/export/rating_export.h"

namespace verso::records {

namespace {

std::string cell_of(const ExportValue& value) {
    if (const auto* text = std::get_if<std::string>(&value)) return csv_cell(*text);
    if (const auto* number = std::get_if<std::int64_t>(&value)) return std::to_string(*number);
    if (const auto* yes = std::get_if<bool>(&value)) return *yes ? "true" : "false";
    return "";
}

nlohmann::ordered_json json_of(const ExportValue& value) {
    if (const auto* text = std::get_if<std::string>(&value)) return *text;
    if (const auto* number = std::get_if<std::int64_t>(&value)) return *number;
    if (const auto* yes = std::get_if<bool>(&value)) return *yes;
    return nullptr;
}

ExportValue answer_of(const Answers& answers, std::string_view question) {
    const auto found = answers.find(question);
    if (found == answers.end()) return std::monostate{};
    return std::int64_t{found->second};
}

/// "SEL-1 SEL-2": of the parcel that the card travelled in.
std::string skus_of(const ExportRow& row) {
    std::set<std::string> skus;
    for (const OrderLine& line : row.order.lines) {
        if (line.parcel == row.parcel && !line.sku.empty()) skus.insert(line.sku);
    }
    std::string text;
    for (const std::string& sku : skus) text += (text.empty() ? "" : " ") + sku;
    return text;
}

void add_answers(ExportRecord& record, const Answers& answers,
                 const std::vector<std::string>& questions) {
    for (const std::string& question : questions) {
        record.emplace_back("answer_" + question, answer_of(answers, question));
    }
}

void add_order(ExportRecord& record, const ExportRow& row) {
    record.emplace_back("comment", row.rating.comment);
    record.emplace_back("publish", row.rating.publish);
    record.emplace_back("insider", row.order.insider);
    record.emplace_back("placed_at", format_time(row.order.placed_at));
    record.emplace_back("country", row.order.ship_to.country);
    record.emplace_back("language", row.order.language);
    record.emplace_back("carrier", row.carrier);
    record.emplace_back("service", row.service);
    record.emplace_back("template", row.template_name);
    record.emplace_back("skus", skus_of(row));
    record.emplace_back("recorded_at", format_utc(row.rating.recorded_at));
}

std::string stars_text(const std::map<int, int>& products) {
    std::string text;
    for (const auto& [line, stars] : products) {
        text += (text.empty() ? "" : " ") + std::to_string(line) + ":" + std::to_string(stars);
    }
    return text;
}

std::string reasons_text(const std::vector<ReturnReason>& reasons) {
    std::string text;
    for (const ReturnReason reason : reasons) {
        text += (text.empty() ? "" : " ") + std::string(to_string(reason));
    }
    return text;
}

}  // namespace

std::string table_head(const ExportRecord& record, TableFormat format) {
    if (format == TableFormat::JsonLines) return "";
    std::string line;
    for (const auto& [column, value] : record) line += (line.empty() ? "" : ",") + csv_cell(column);
    return line + "\r\n";
}

std::string table_line(const ExportRecord& record, TableFormat format) {
    if (format == TableFormat::JsonLines) {
        nlohmann::ordered_json json = nlohmann::ordered_json::object();
        for (const auto& [column, value] : record) json[column] = json_of(value);
        return json.dump(-1, ' ', false, nlohmann::json::error_handler_t::replace) + "\n";
    }
    std::string line;
    bool first = true;
    for (const auto& [column, value] : record) {
        if (!first) line += ',';
        first = false;
        line += cell_of(value);
    }
    return line + "\r\n";
}

ExportRecord rating_record(const ExportRow& row, const std::vector<std::string>& questions) {
    ExportRecord record{{"order", row.order.number.get()},
                        {"card", format_card(row.rating.card)},
                        {"channel", std::string(to_string(row.rating.channel))},
                        {"kind", std::string(to_string(row.rating.kind))}};
    add_answers(record, row.rating.answers, questions);
    record.emplace_back("products", stars_text(row.rating.products));
    add_order(record, row);
    return record;
}

ExportRecord response_record(const ExportedResponse& response,
                             const std::vector<std::string>& questions) {
    ExportRecord record = rating_record(response.row, questions);
    record.insert(record.begin() + 4, {"counts", response.counts});
    return record;
}

ExportRecord comment_record(const Review& review) {
    return {{"id", review.id},
            {"overall", std::int64_t{review.stars}},
            {"comment", review.text},
            {"reviewer", review.reviewer},
            {"country", review.country},
            {"language", review.language},
            {"recorded_at", format_utc(review.at)}};
}

ExportRecord segment_record(const SegmentRow& row, bool with_email) {
    ExportRecord record{{"order", row.order.number.get()},
                        {"segment", std::string(to_string(row.segment))},
                        {"overall", std::monostate{}},
                        {"country", row.order.ship_to.country},
                        {"language", row.order.language},
                        {"placed_at", format_time(row.order.placed_at)},
                        {"answered_at", std::monostate{}},
                        {"returns", std::int64_t{row.returns}},
                        {"return_reasons", reasons_text(row.reasons)}};
    if (row.rating) {
        record.at(2).second = answer_of(row.rating->answers, kOverallQuestion);
        record.at(6).second = format_utc(row.rating->recorded_at);
    }
    if (with_email) record.emplace_back("email", row.order.email);
    return record;
}

}  // namespace verso::records

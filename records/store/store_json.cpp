// SPDX-License-Identifier: Apache-2.0
#include "records/store/store_json.h"

#include <fmt/format.h>

#include <charconv>
#include <nlohmann/json.hpp>
#include <optional>

#include "core/util/json_text.h"

namespace verso::records {

namespace {

using Json = nlohmann::json;

std::string dump(const Json& json) {
    return json.dump(-1, ' ', false, Json::error_handler_t::replace);
}

Error broken(std::string_view what) {
    return {ErrorCode::FormatInvalid, fmt::format("a stored row has broken {}", what), "",
            "the database was changed by another program; restore a backup"};
}

std::optional<RejectionCode> rejection_code(std::string_view name) {
    for (int i = 0; i <= static_cast<int>(RejectionCode::ReaderFailed); ++i) {
        const auto code = static_cast<RejectionCode>(i);
        if (to_string(code) == name) return code;
    }
    return std::nullopt;
}

}  // namespace

std::string answers_to_json(const Answers& answers) {
    std::string json = "{";
    for (const auto& [question, value] : answers) {
        if (json.size() > 1) json += ',';
        append_json_text(json, question);
        json += ':' + std::to_string(value);
    }
    return json + "}";
}

Result<Answers> parse_answers(std::string_view json) {
    const Json parsed = Json::parse(json, nullptr, false);
    if (!parsed.is_object()) return broken("answers");
    Answers answers;
    for (const auto& [question, value] : parsed.items()) {
        if (!value.is_number_integer()) return broken("answers");
        answers[question] = value.get<int>();
    }
    return answers;
}

std::string products_to_json(const std::map<int, int>& products) {
    std::string json = "{";
    for (const auto& [line, stars] : products) {
        json += fmt::format("{}\"{}\":{}", json.size() > 1 ? "," : "", line, stars);
    }
    return json + "}";
}

Result<std::map<int, int>> parse_products(std::string_view json) {
    const Json parsed = Json::parse(json, nullptr, false);
    if (!parsed.is_object()) return broken("stars");
    std::map<int, int> products;
    for (const auto& [line, stars] : parsed.items()) {
        int number = 0;
        const auto end = line.data() + line.size();
        const auto read = std::from_chars(line.data(), end, number);
        if (!stars.is_number_integer() || read.ec != std::errc{} || read.ptr != end) {
            return broken("stars");
        }
        products[number] = stars.get<int>();
    }
    return products;
}

std::string reasons_to_json(const std::vector<Rejection>& reasons) {
    Json json = Json::array();
    for (const Rejection& reason : reasons) {
        json.push_back({{"code", to_string(reason.code)},
                        {"question", reason.question},
                        {"detail", reason.detail}});
    }
    return dump(json);
}

Result<std::vector<Rejection>> parse_reasons(std::string_view json) {
    const Json parsed = Json::parse(json, nullptr, false);
    if (!parsed.is_array()) return broken("reasons");
    std::vector<Rejection> reasons;
    for (const Json& item : parsed) {
        if (!item.is_object()) return broken("reasons");
        const auto code = rejection_code(item.value("code", ""));
        if (!code) return broken("reasons");
        reasons.push_back({*code, item.value("question", ""), item.value("detail", "")});
    }
    return reasons;
}

}  // namespace verso::records

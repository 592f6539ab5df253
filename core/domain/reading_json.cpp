// SPDX-License-Identifier: Apache-2.0
#include "core/domain/reading_json.h"

#include <cmath>
#include <nlohmann/json.hpp>

namespace verso {

namespace {

using Json = nlohmann::ordered_json;

/// Rounded to 1/steps, so that lines stay short and equal runs give equal bytes.
double rounded(double value, double steps) { return std::round(value * steps) / steps; }

Json reasons_json(const std::vector<Rejection>& reasons) {
    Json out = Json::array();
    for (const auto& reason : reasons) {
        Json item{{"code", to_string(reason.code)}};
        if (!reason.question.empty()) item["question"] = reason.question;
        if (!reason.detail.empty()) item["detail"] = reason.detail;
        out.push_back(std::move(item));
    }
    return out;
}

Json answers_json(const std::vector<AnswerReading>& answers) {
    Json out = Json::object();
    for (const auto& answer : answers) {
        Json scores = Json::array();
        for (double score : answer.scores) scores.push_back(rounded(score, 1000));
        out[answer.question] = {{"value", answer.value ? Json(*answer.value) : Json(nullptr)},
                                {"state", to_string(answer.state)},
                                {"confidence", rounded(answer.confidence, 10000)},
                                {"scores", std::move(scores)}};
    }
    return out;
}

Json fields_json(const std::vector<FieldReading>& fields) {
    Json out = Json::object();
    for (const auto& field : fields) {
        Json item{{"inked", field.inked},
                  {"crop", field.crop.empty() ? Json(nullptr) : Json(field.crop)}};
        if (!field.original.empty()) item["original"] = field.original;
        if (!field.guess.empty()) item["guess"] = field.guess;
        out[field.field] = std::move(item);
    }
    return out;
}

/// File names may hold any bytes; what is not UTF-8 is replaced, never thrown at the user.
std::string dump(const Json& json) {
    return json.dump(-1, ' ', false, Json::error_handler_t::replace);
}

}  // namespace

std::string to_json(const Reading& reading) {
    Json json{{"source", reading.source},
              {"page", reading.page},
              {"index", reading.index},
              {"verdict", to_string(reading.verdict)},
              {"reasons", reasons_json(reading.reasons)}};
    if (reading.side != SheetSide::Answer) json["side"] = to_string(reading.side);
    if (reading.side == SheetSide::Return) json["sheet"] = reading.sheet;
    if (reading.other_page > 0) json["other_page"] = reading.other_page;
    if (reading.card) json["card"] = format_card(*reading.card);
    if (reading.card) json["identified_by"] = to_string(reading.identified_by);
    if (!reading.order.empty()) json["order"] = reading.order;
    if (!reading.template_name.empty()) json["template"] = reading.template_name;
    if (reading.layout) json["layout"] = reading.layout->get();
    if (reading.dpi > 0) {
        Json corners = Json::array();
        for (const auto& c : reading.corners) {
            corners.push_back({rounded(c.x.value, 10), rounded(c.y.value, 10)});
        }
        json["corners"] = std::move(corners);
        json["dpi"] = std::round(reading.dpi);
        json["answers"] = answers_json(reading.answers);
        json["fields"] = fields_json(reading.fields);
    }
    json["ms"] = rounded(reading.ms, 100);
    return dump(json);
}

std::string to_json(const Rating& rating) {
    return dump(Json{{"order", rating.order.get()},
                     {"card", format_card(rating.card)},
                     {"channel", to_string(rating.channel)},
                     {"answers", rating.answers},
                     {"comment", rating.comment},
                     {"publish", rating.publish},
                     {"recorded_at", format_utc(rating.recorded_at)}});
}

}  // namespace verso

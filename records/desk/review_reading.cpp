// SPDX-License-Identifier: Apache-2.0
#include "records/desk/review_reading.h"

#include <nlohmann/json.hpp>

namespace verso::records {

namespace {

using Json = nlohmann::json;

/// The text under a key; empty when there is none.
std::string text_at(const Json& json, const char* key) {
    const auto at = json.find(key);
    return at != json.end() && at->is_string() ? at->get<std::string>() : std::string();
}

double number_of(const Json& json) { return json.is_number() ? json.get<double>() : 0; }

SheetSide side_of(const Json& json) {
    const std::string name = text_at(json, "side");
    for (const SheetSide side : {SheetSide::Return, SheetSide::Address, SheetSide::Blank}) {
        if (to_string(side) == name) return side;
    }
    return SheetSide::Answer;
}

AnswerReading answer_of(const std::string& question, const Json& json) {
    AnswerReading answer;
    answer.question = question;
    answer.state = AnswerState::Ambiguous;
    if (!json.is_object()) return answer;
    if (const auto at = json.find("confidence"); at != json.end()) {
        answer.confidence = number_of(*at);
    }
    if (const auto at = json.find("scores"); at != json.end() && at->is_array()) {
        for (const auto& score : *at) answer.scores.push_back(number_of(score));
    }
    const std::string state = text_at(json, "state");
    if (state == to_string(AnswerState::Blank)) answer.state = AnswerState::Blank;
    const auto value = json.find("value");
    if (value == json.end() || !value->is_number_integer()) return answer;
    answer.value = value->get<int>();
    for (const AnswerState plain : {AnswerState::Marked, AnswerState::Corrected}) {
        if (to_string(plain) == state) answer.state = plain;
    }
    return answer;
}

void read_corners(const Json& json, Reading& into) {
    const auto corners = json.find("corners");
    if (corners == json.end() || !corners->is_array() || corners->size() != 4) return;
    for (std::size_t i = 0; i < 4; ++i) {
        const Json& corner = (*corners)[i];
        if (!corner.is_array() || corner.size() != 2) return;
        into.corners.at(i) = {Px{number_of(corner[0])}, Px{number_of(corner[1])}};
    }
    // Only a card that was found in the image has both.
    if (const auto dpi = json.find("dpi"); dpi != json.end()) into.dpi = number_of(*dpi);
}

void read_layout(const Json& json, Reading& into) {
    constexpr int kMostLayouts = 1023;
    const auto layout = json.find("layout");
    if (layout == json.end() || !layout->is_number_integer()) return;
    const auto number = layout->get<std::int64_t>();
    if (number < 1 || number > kMostLayouts) return;
    into.layout = LayoutNumber{static_cast<std::uint16_t>(number)};
}

/// Which fields somebody wrote into; where their pictures lay is gone with the reader.
void read_fields(const Json& json, Reading& into) {
    const auto fields = json.find("fields");
    if (fields == json.end() || !fields->is_object()) return;
    for (const auto& [name, field] : fields->items()) {
        const auto inked = field.is_object() ? field.find("inked") : field.end();
        const bool is_inked =
            field.is_object() && inked != field.end() && inked->is_boolean() && inked->get<bool>();
        into.fields.push_back({.field = name, .inked = is_inked, .crop = ""});
    }
}

}  // namespace

Reading review_reading(const ReviewItem& item, const CardRecord* card) {
    Reading reading;
    reading.source = item.source;
    reading.page = item.page;
    reading.verdict = Verdict::Review;
    reading.card = item.card;
    reading.order = item.order;
    reading.reasons = item.reasons;
    const Json json = Json::parse(item.reading_json, nullptr, false);
    if (!json.is_object()) return reading;
    reading.side = side_of(json);
    reading.template_name = text_at(json, "template");
    read_layout(json, reading);
    read_corners(json, reading);
    read_fields(json, reading);
    const auto answers = json.find("answers");
    if (card == nullptr || reading.layout != card->insert.layout) return reading;
    if (answers == json.end() || !answers->is_object()) return reading;
    for (const auto& [question, answer] : answers->items()) {
        reading.answers.push_back(answer_of(question, answer));
    }
    return reading;
}

}  // namespace verso::records

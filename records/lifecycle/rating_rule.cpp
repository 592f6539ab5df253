// SPDX-License-Identifier: Apache-2.0
#include "records/lifecycle/rating_rule.h"

#include <fmt/format.h>

#include "core/card/card_layout.h"

namespace verso::records {

namespace {

std::string answers_text(const Response& response) {
    std::string text;
    for (const auto& [question, value] : response.answers) {
        text += fmt::format("{}{} {}", text.empty() ? "" : ", ", question, value);
    }
    return text;
}

Error not_an_answer(const Reading& reading, std::string_view why) {
    return {ErrorCode::NotAllowed, fmt::format("the reading is no answer: {}", why), reading.source,
            "settle it in review"};
}

}  // namespace

RatingDecision decide_rating(const std::optional<Rating>& current, const Response& response) {
    if (!current) return {ResponseOutcome::First, response, ""};
    if (current->answers != response.answers) {
        return {ResponseOutcome::Conflict, *current,
                fmt::format("the order has the answer ({}) by {} already, this one says ({}) by {}",
                            answers_text(*current), to_string(current->channel),
                            answers_text(response), to_string(response.channel))};
    }
    const bool two_comments = !current->comment.empty() && !response.comment.empty();
    if (two_comments && current->comment != response.comment) {
        return {ResponseOutcome::Conflict, *current,
                fmt::format("the order has another comment by {} already",
                            to_string(current->channel))};
    }
    RatingDecision merged{ResponseOutcome::Merged, *current, ""};
    if (merged.rating.comment.empty()) merged.rating.comment = response.comment;
    merged.rating.publish = current->publish && response.publish;
    return merged;
}

Result<Response> to_response(const Reading& reading, Instant at) {
    if (reading.verdict != Verdict::Accepted) return not_an_answer(reading, "it was not accepted");
    if (reading.side != SheetSide::Answer) return not_an_answer(reading, "it is no answer card");
    if (!reading.card) return not_an_answer(reading, "it names no card");
    if (reading.order.empty()) return not_an_answer(reading, "its order is not known");
    Response response;
    response.card = *reading.card;
    response.order = OrderNumber{reading.order};
    response.channel = Channel::Paper;
    response.recorded_at = at;
    for (const AnswerReading& answer : reading.answers) {
        if (answer.state == AnswerState::Blank) continue;
        if (answer.state == AnswerState::Ambiguous || !answer.value) {
            return not_an_answer(reading, fmt::format("'{}' is doubtful", answer.question));
        }
        if (answer.question == kPublishQuestion) {
            response.publish = *answer.value == 1;
        } else {
            response.answers[answer.question] = *answer.value;
        }
    }
    if (!response.answers.contains(kOverallQuestion)) {
        return not_an_answer(reading, "the overall question is not answered");
    }
    return response;
}

}  // namespace verso::records

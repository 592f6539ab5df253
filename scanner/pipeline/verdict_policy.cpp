// SPDX-License-Identifier: Apache-2.0
#include "scanner/pipeline/verdict_policy.h"

#include <algorithm>

namespace verso::scanner {

namespace {

bool any_in_state(const Reading& reading, AnswerState state) {
    return std::any_of(reading.answers.begin(), reading.answers.end(),
                       [&](const AnswerReading& answer) { return answer.state == state; });
}

/// The overall question's state; Blank when the layout has none, so that nothing is accepted.
AnswerState overall_state(const Reading& reading) {
    const auto it = std::find_if(
        reading.answers.begin(), reading.answers.end(),
        [](const AnswerReading& answer) { return answer.question == kOverallQuestion; });
    return it == reading.answers.end() ? AnswerState::Blank : it->state;
}

bool comment_inked(const Reading& reading) {
    return std::any_of(reading.fields.begin(), reading.fields.end(),
                       [](const FieldReading& field) { return field.inked; });
}

}  // namespace

void decide_verdict(Reading& reading) {
    reading.verdict = reading.reasons.empty() ? Verdict::Accepted : Verdict::Review;
    const std::string overall(kOverallQuestion);
    const bool rated = reading.side == SheetSide::Answer;
    if (rated && overall_state(reading) != AnswerState::Blank) return;
    const bool marked =
        any_in_state(reading, AnswerState::Marked) || any_in_state(reading, AnswerState::Corrected);
    const bool unsure = any_in_state(reading, AnswerState::Ambiguous);
    if (marked || unsure) {
        if (!rated) return;
        reading.reject(RejectionCode::NoOverall, overall,
                       "other boxes are marked, none of the overall rating");
    } else if (comment_inked(reading)) {
        reading.reject(RejectionCode::CommentOnly, "",
                       "there is handwriting, but no box is marked");
    } else {
        reading.reject(RejectionCode::BlankCard, "", "no box is marked and nothing is written");
    }
}

}  // namespace verso::scanner

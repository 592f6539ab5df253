// SPDX-License-Identifier: Apache-2.0
#include "app/reading_view.h"

#include <algorithm>

#include "core/card/card_layout.h"
#include "core/domain/card_link.h"

namespace verso::app {

namespace {

std::string value_text(const AnswerReading& answer) {
    return answer.value ? std::to_string(*answer.value) : std::string(to_string(answer.state));
}

/// "line-1 4, line-1-quantity 2": all that is marked on a return sheet.
std::string returned_text(const Reading& reading) {
    std::string out;
    for (const auto& answer : reading.answers) {
        if (answer.state == AnswerState::Blank) continue;
        out += (out.empty() ? "" : ", ") + answer.question + " " + value_text(answer);
    }
    return out;
}

/// What a card or a return sheet says, in short.
std::string answer_text(const Reading& reading) {
    if (reading.side == SheetSide::Return) return returned_text(reading);
    for (const auto& answer : reading.answers) {
        if (answer.question == kOverallQuestion) return value_text(answer);
    }
    return "";
}

}  // namespace

void ReadingTally::count(const Reading& reading) {
    if (reading.is_empty_side()) {
        ++empty_sides;
        return;
    }
    switch (reading.verdict) {
        case Verdict::Accepted:
            ++accepted;
            returns += reading.side == SheetSide::Return ? 1 : 0;
            break;
        case Verdict::Review:
            ++review;
            break;
        case Verdict::Unreadable:
            ++unreadable;
            break;
    }
}

void ReadingTally::fail(const Error& error) {
    if (files_failed == 0) first_fault = error.code;
    ++files_failed;
}

ExitCode ReadingTally::exit_code() const {
    if (files_failed == files && files > 0) return app::exit_code(first_fault);
    const std::size_t read = accepted + review;
    const bool nothing = read == 0 && empty_sides > 0;
    if (files_failed + pages_failed + unreadable == 0 && !nothing) return ExitCode::Ok;
    return read == 0 && files_failed == 0 ? ExitCode::NotFound : ExitCode::Partly;
}

std::vector<std::string> reading_headings() {
    return {"file", ">page", "card", "order", "verdict", "answer", "reasons"};
}

std::vector<std::string> reading_cells(const Reading& reading) {
    return {reading.source,
            std::to_string(reading.page),
            reading.card ? format_typed_code(*reading.card) : "",
            reading.order,
            std::string(to_string(reading.verdict)),
            answer_text(reading),
            reasons_text(reading.reasons)};
}

std::string reasons_text(const std::vector<Rejection>& reasons) {
    std::string out;
    for (const auto& reason : reasons) {
        out += (out.empty() ? "" : ", ") + std::string(to_string(reason.code));
        if (!reason.question.empty()) out += " (" + reason.question + ")";
    }
    return out;
}

}  // namespace verso::app

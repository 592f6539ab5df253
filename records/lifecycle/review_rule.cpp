// SPDX-License-Identifier: Apache-2.0
#include "records/lifecycle/review_rule.h"

#include <fmt/format.h>

#include <algorithm>
#include <charconv>

#include "records/lifecycle/transition.h"

namespace verso::records {

namespace {

using A = ReviewAction;
using K = ReviewKind;

constexpr EnumNames<ReviewAction, 4> kActions{
    {{A::Settle, "settle"}, {A::Key, "key"}, {A::Rescan, "rescan"}, {A::Discard, "discard"}}};
constexpr EnumNames<ReviewKind, 5> kKinds{{{K::Answers, "answers"},
                                           {K::Card, "card"},
                                           {K::Unidentified, "unidentified"},
                                           {K::Barred, "barred"},
                                           {K::ReturnSheet, "return-sheet"}}};
constexpr auto kEveryAction = enumerators(kActions);
constexpr auto kEveryKind = enumerators(kKinds);

/// Why not; empty where the action is possible. A column for each action.
constexpr std::array<std::array<std::string_view, 4>, 5> kWhyNot{{
    {"", "the answers came without an image", "the answers came without an image", ""},
    {"", "its card is known already", "", ""},
    {"nobody knows yet whose card it is: key its code first", "", "", ""},
    {"it is no card that can be answered here", "it is no card that can be answered here", "", ""},
    {"", "its card is known already", "", ""},
}};

bool is_barred(RejectionCode code) {
    return code == RejectionCode::ForgedSecret || code == RejectionCode::VoidedCard ||
           code == RejectionCode::UnknownCard || code == RejectionCode::ForeignLink;
}

Error unknown_question(std::string_view question, std::span<const Question> questions) {
    std::string known;
    for (const Question& one : questions) known += (known.empty() ? "" : ", ") + one.id;
    return {ErrorCode::ValueInvalid, fmt::format("the card has no question '{}'", question), "",
            "it has " + known};
}

/// What was read of a question: a value, blank, or an error while it is doubtful.
Result<std::optional<int>> value_read(const Reading& reading, const std::string& question) {
    for (const AnswerReading& answer : reading.answers) {
        if (answer.question != question || answer.state == AnswerState::Blank) continue;
        if (answer.state == AnswerState::Ambiguous || !answer.value) {
            return Error{ErrorCode::NotAllowed,
                         fmt::format("'{}' is doubtful and nobody said what it is", question), "",
                         fmt::format("say {}=VALUE, or {}=none", question, question)};
        }
        return answer.value;
    }
    return std::optional<int>{};
}

}  // namespace

std::span<const ReviewAction> all_review_actions() { return kEveryAction; }
std::span<const ReviewKind> all_review_kinds() { return kEveryKind; }
std::string_view to_string(ReviewAction action) { return name_in(kActions, action); }
std::string_view to_string(ReviewKind kind) { return name_in(kKinds, kind); }

ReviewKind review_kind(const ReviewItem& item, SheetSide side) {
    const bool barred = std::any_of(item.reasons.begin(), item.reasons.end(),
                                    [](const Rejection& one) { return is_barred(one.code); });
    if (barred) return K::Barred;
    if (!item.reading) return K::Answers;
    if (side == SheetSide::Return) return K::ReturnSheet;
    return item.card && !item.order.empty() ? K::Card : K::Unidentified;
}

Result<void> check_review_action(ReviewKind kind, ReviewAction action) {
    const auto& row = kWhyNot.at(static_cast<std::size_t>(kind));
    const auto why = row.at(static_cast<std::size_t>(action));
    if (why.empty()) return {};
    std::string possible;
    for (const A other : kEveryAction) {
        if (!row.at(static_cast<std::size_t>(other)).empty()) continue;
        possible += (possible.empty() ? "" : ", ") + std::string(to_string(other));
    }
    return Error{ErrorCode::NotAllowed,
                 fmt::format("{} is not possible: {}", to_string(action), why), "",
                 "possible: " + possible};
}

Result<void> check_reviewer(std::string_view who, std::span<const std::string> reviewers) {
    constexpr std::size_t kLongest = 100;
    if (who.empty() || who.size() > kLongest) {
        return Error{ErrorCode::ValueInvalid,
                     fmt::format("a name of 1 to {} characters says who did it", kLongest), "",
                     "give a name"};
    }
    if (reviewers.empty()) return {};
    if (std::find(reviewers.begin(), reviewers.end(), who) != reviewers.end()) return {};
    return Error{ErrorCode::NotAllowed, fmt::format("'{}' is none of the shop's reviewers", who),
                 "verso.toml", "add the name to review.reviewers"};
}

Result<SaidAnswers> parse_said_answers(std::span<const std::string> texts) {
    SaidAnswers said;
    for (const std::string& text : texts) {
        const auto wrong = [&] {
            return Error{ErrorCode::ValueInvalid, fmt::format("'{}' is no answer", text), "",
                         "write QUESTION=VALUE or QUESTION=none, as in overall=4"};
        };
        const auto equals = text.find('=');
        if (equals == std::string::npos || equals == 0) return wrong();
        const std::string value = text.substr(equals + 1);
        std::optional<int>& into = said[text.substr(0, equals)];
        if (value == "none") continue;
        int number = 0;
        const auto [end, code] = std::from_chars(value.data(), value.data() + value.size(), number);
        if (code != std::errc{} || end != value.data() + value.size()) return wrong();
        into = number;
    }
    return said;
}

Result<void> check_said(const SaidAnswers& said, std::span<const Question> questions) {
    for (const auto& [id, value] : said) {
        const auto question =
            std::find_if(questions.begin(), questions.end(),
                         [&, &name = id](const Question& one) { return one.id == name; });
        if (question == questions.end()) return unknown_question(id, questions);
        if (!value) continue;
        const auto& options = question->options;
        const bool known = std::any_of(
            options.begin(), options.end(),
            [&, number = *value](const MarkOption& option) { return option.value == number; });
        if (known) continue;
        return Error{ErrorCode::ValueInvalid,
                     fmt::format("the card has no box {} for '{}'", *value, id), "", ""};
    }
    return {};
}

Result<Response> settle_answers(const Reading& reading, std::span<const Question> questions,
                                const SaidAnswers& said, std::string_view comment, Instant at) {
    if (!reading.card || reading.order.empty()) {
        return Error{ErrorCode::NotAllowed, "nobody knows yet whose card it is", reading.source,
                     "key its code first"};
    }
    if (auto known = check_said(said, questions); !known) return known.error();
    Response response;
    response.card = *reading.card;
    response.order = OrderNumber{reading.order};
    response.channel = Channel::Paper;
    response.comment = std::string(comment);
    response.recorded_at = at;
    for (const Question& question : questions) {
        std::optional<int> value;
        if (const auto told = said.find(question.id); told != said.end()) {
            value = told->second;
        } else {
            auto read = value_read(reading, question.id);
            if (!read) return read.error().at(reading.source);
            value = *read;
        }
        if (!value) continue;
        if (question.id == kPublishQuestion) {
            response.publish = *value == 1;
        } else {
            response.answers[question.id] = *value;
        }
    }
    if (!response.answers.contains(kOverallQuestion)) {
        return Error{ErrorCode::NotAllowed, "the overall question is not answered", reading.source,
                     "say overall=VALUE, or discard it with a reason"};
    }
    return response;
}

Result<bool> takes_other(std::string_view word, const std::optional<Rating>& first,
                         const Response& other) {
    if (word == "first") return false;
    if (word == "other") return true;
    const bool is_other = to_string(other.channel) == word;
    const bool is_first = first && to_string(first->channel) == word;
    if (is_other != is_first) return is_other;
    return Error{ErrorCode::ValueInvalid,
                 is_other ? fmt::format("both answers came by {}", word)
                          : fmt::format("no answer came by '{}'", word),
                 "take", "say first (what counts now) or other"};
}

}  // namespace verso::records

// SPDX-License-Identifier: Apache-2.0
#include "records/desk/rating_desk.h"

#include <fmt/format.h>

#include <algorithm>

#include "core/domain/card_link.h"
#include "records/desk/card_questions.h"
#include "records/desk/order_story.h"
#include "records/lifecycle/identity.h"
#include "records/lifecycle/rating_rule.h"
#include "records/lifecycle/review_rule.h"
#include "records/store/desk_book.h"

namespace verso::records {

namespace {

Result<CardRecord> card_of(const Counter& counter, const std::string& code, Instant at) {
    auto card = parse_card(code);
    if (!card) return card.error();
    auto record = counter.store.find_card(*card);
    if (!record) return record.error();
    if (!*record || (*record)->shop != counter.shop) {
        return Error{ErrorCode::NotFound, "this shop never printed such a card", code,
                     "let the buyer read the code out again"};
    }
    auto may = check_answerable(**record, counter.cards, at);
    if (!may) return may.error();
    return std::move(**record);
}

/// What was said, as if it had been marked on the card.
Result<Response> response_of(const Counter& counter, const AnswerWords& words,
                             const CardRecord& card, Instant at) {
    Response response;
    response.card = card.insert.card;
    response.order = card.insert.order;
    response.channel = Channel::Assisted;
    response.comment = words.comment;
    response.publish = words.publish;
    response.recorded_at = at;
    auto kind = parse_response_kind(words.kind);
    if (!kind) return kind.error().at("kind");
    response.kind = *kind;
    auto said = parse_said_answers(words.answers);
    if (!said) return said.error();
    auto questions = questions_of(counter, card);
    if (!questions) return questions.error();
    if (auto known = check_said(*said, *questions); !known) return known.error();
    for (const auto& [question, value] : *said) {
        if (question != kPublishQuestion && value) response.answers[question] = *value;
    }
    auto order = counter.store.find_order(counter.shop, response.order);
    if (!order) return order.error();
    if (auto sound = check_response(response, *order); !sound) return sound.error();
    return response;
}

}  // namespace

Result<RecordedResponse> record_assisted(const Counter& counter, const AnswerWords& words,
                                         Instant at) {
    auto named = check_reviewer(words.who, counter.reviewers);
    if (!named) return named.error();
    auto scope = counter.store.begin();
    if (!scope) return scope.error();
    auto card = card_of(counter, words.code, at);
    if (!card) return card.error();
    auto response = response_of(counter, words, *card, at);
    if (!response) return response.error();
    auto recorded = counter.store.record_response(counter.shop, *response, std::nullopt);
    if (!recorded) return recorded.error();
    const std::string detail =
        fmt::format("{}, {}", format_typed_code(card->insert.card), to_string(recorded->outcome));
    auto noted = desk_of(counter.store)
                     .note_order(counter.shop, response->order, {at, words.who, "answer", detail});
    if (!noted) return noted.error();
    if (auto kept = (*scope)->commit(); !kept) return kept.error();
    return recorded;
}

namespace {

/// Writes into the history of the order that has a rating.
Result<OrderNumber> note_rating(const Counter& counter, const TextWords& words,
                                std::string_view what, const std::string& detail, Instant at) {
    auto number = find_one_order(counter.store, counter.shop, words.order);
    if (!number) return number.error();
    auto rating = counter.store.find_rating(counter.shop, *number);
    if (!rating) return rating.error();
    if (!*rating) {
        return Error{ErrorCode::NotFound, "the order has no rating", number->get(),
                     "see: verso ratings list"};
    }
    auto noted = desk_of(counter.store)
                     .note_order(counter.shop, *number, {at, words.who, std::string(what), detail});
    if (!noted) return noted.error();
    return *number;
}

}  // namespace

Result<OrderNumber> hide_text(const Counter& counter, const TextWords& words, Instant at) {
    auto named = check_reviewer(words.who, counter.reviewers);
    if (!named) return named.error();
    const auto reasons = hide_reasons();
    if (words.hide && std::find(reasons.begin(), reasons.end(), words.reason) == reasons.end()) {
        std::string known;
        for (const std::string_view one : reasons) {
            known += (known.empty() ? "" : ", ") + std::string(one);
        }
        return Error{ErrorCode::ValueInvalid,
                     fmt::format("'{}' is none of the published reasons", words.reason), "reason",
                     "one of " + known};
    }
    const std::string what(words.hide ? kHideText : kShowText);
    const std::string detail =
        words.detail.empty() ? words.reason : words.reason + ": " + words.detail;
    return note_rating(counter, words, what, detail, at);
}

Result<OrderNumber> reply_to_rating(const Counter& counter, const TextWords& words, Instant at) {
    constexpr std::size_t kLongest = 2000;
    if (words.detail.size() > kLongest) {
        return Error{ErrorCode::ValueInvalid, "the reply is too long", words.order,
                     fmt::format("at most {} characters", kLongest)};
    }
    return note_rating(counter, words, kReply, words.detail, at);
}

Result<OrderNumber> flag_rating(const Counter& counter, const TextWords& words, Instant at) {
    return note_rating(counter, words, words.hide ? kFlag : kUnflag, words.reason, at);
}

}  // namespace verso::records

// SPDX-License-Identifier: Apache-2.0
#include "app/rating_desk.h"

#include <fmt/format.h>

#include <algorithm>

#include "app/card_questions.h"
#include "core/domain/card_link.h"
#include "records/desk/order_story.h"
#include "records/lifecycle/identity.h"
#include "records/lifecycle/rating_rule.h"
#include "records/lifecycle/review_rule.h"
#include "records/store/desk_book.h"

namespace verso::app {

namespace {

Result<records::CardRecord> card_of(OpenHome& home, const std::string& code, Instant at) {
    auto card = parse_card(code);
    if (!card) return card.error();
    auto record = home.store->find_card(*card);
    if (!record) return record.error();
    if (!*record || (*record)->shop != home.shop) {
        return Error{ErrorCode::NotFound, "this shop never printed such a card", code,
                     "let the buyer read the code out again"};
    }
    auto may = records::check_answerable(**record, home.config.life.cards, at);
    if (!may) return may.error();
    return std::move(**record);
}

/// What was said, as if it had been marked on the card.
Result<Response> response_of(OpenHome& home, const AnswerWords& words,
                             const records::CardRecord& card, Instant at) {
    Response response;
    response.card = card.insert.card;
    response.order = card.insert.order;
    response.channel = Channel::Assisted;
    response.comment = words.comment;
    response.publish = words.publish;
    response.recorded_at = at;
    auto kind = parse_response_kind(words.kind);
    if (!kind) return kind.error().at("--kind");
    response.kind = *kind;
    auto said = records::parse_said_answers(words.answers);
    if (!said) return said.error();
    auto questions = questions_of(home, card);
    if (!questions) return questions.error();
    if (auto known = records::check_said(*said, *questions); !known) return known.error();
    for (const auto& [question, value] : *said) {
        if (question != kPublishQuestion && value) response.answers[question] = *value;
    }
    auto order = home.store->find_order(home.shop, response.order);
    if (!order) return order.error();
    if (auto sound = records::check_response(response, *order); !sound) return sound.error();
    return response;
}

}  // namespace

Result<records::RecordedResponse> record_assisted(OpenHome& home, const AnswerWords& words,
                                                  Instant at) {
    auto named = records::check_reviewer(words.who, home.config.life.reviewers);
    if (!named) return named.error();
    auto scope = home.store->begin();
    if (!scope) return scope.error();
    auto card = card_of(home, words.code, at);
    if (!card) return card.error();
    auto response = response_of(home, words, *card, at);
    if (!response) return response.error();
    auto recorded = home.store->record_response(home.shop, *response, std::nullopt);
    if (!recorded) return recorded.error();
    const std::string detail = fmt::format("{}, {}", format_typed_code(card->insert.card),
                                           records::to_string(recorded->outcome));
    auto noted = records::desk_of(*home.store)
                     .note_order(home.shop, response->order, {at, words.who, "answer", detail});
    if (!noted) return noted.error();
    if (auto kept = (*scope)->commit(); !kept) return kept.error();
    return recorded;
}

Result<OrderNumber> hide_text(OpenHome& home, const TextWords& words, Instant at) {
    auto named = records::check_reviewer(words.who, home.config.life.reviewers);
    if (!named) return named.error();
    const auto reasons = records::hide_reasons();
    if (words.hide && std::find(reasons.begin(), reasons.end(), words.reason) == reasons.end()) {
        std::string known;
        for (const std::string_view one : reasons) {
            known += (known.empty() ? "" : ", ") + std::string(one);
        }
        return Error{ErrorCode::ValueInvalid,
                     fmt::format("'{}' is none of the published reasons", words.reason), "--reason",
                     "one of " + known};
    }
    auto number = find_one_order(*home.store, home.shop, words.order);
    if (!number) return number.error();
    auto rating = home.store->find_rating(home.shop, *number);
    if (!rating) return rating.error();
    if (!*rating) {
        return Error{ErrorCode::NotFound, "the order has no rating", number->get(),
                     "see: verso ratings list"};
    }
    const std::string what(words.hide ? records::kHideText : records::kShowText);
    const std::string detail =
        words.detail.empty() ? words.reason : words.reason + ": " + words.detail;
    auto noted =
        records::desk_of(*home.store).note_order(home.shop, *number, {at, words.who, what, detail});
    if (!noted) return noted.error();
    return *number;
}

}  // namespace verso::app

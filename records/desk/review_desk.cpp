// SPDX-License-Identifier: Apache-2.0
#include "records/desk/review_desk.h"

#include <fmt/format.h>

#include <algorithm>
#include <nlohmann/json.hpp>

#include "core/domain/card_link.h"
#include "records/desk/card_questions.h"
#include "records/lifecycle/rating_rule.h"
#include "records/store/desk_book.h"

namespace verso::records {

namespace {

using Json = nlohmann::json;

/// The text under a key; empty when there is none.
std::string text_at(const Json& json, const char* key) {
    const auto at = json.find(key);
    return at != json.end() && at->is_string() ? at->get<std::string>() : std::string();
}

SheetSide side_of(const Json& json) {
    const std::string name = text_at(json, "side");
    for (const SheetSide side : {SheetSide::Return, SheetSide::Address, SheetSide::Blank}) {
        if (to_string(side) == name) return side;
    }
    return SheetSide::Answer;
}

/// What was read of one question; whatever is not plain is doubtful.
AnswerReading answer_of(const std::string& question, const Json& json) {
    AnswerReading answer;
    answer.question = question;
    answer.state = AnswerState::Ambiguous;
    if (!json.is_object()) return answer;
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

/// As far as settling needs it. `card`, when known, is the card's record: what was read with
/// another layout than it was printed with means nothing.
Reading reading_of(const ReviewItem& item, const Json& json, const CardRecord* card) {
    Reading reading;
    reading.source = item.source;
    reading.page = item.page;
    reading.verdict = Verdict::Review;
    reading.card = item.card;
    reading.order = item.order;
    reading.side = side_of(json);
    const auto layout = json.find("layout");
    const auto answers = json.find("answers");
    if (card == nullptr || layout == json.end() || !layout->is_number_integer()) return reading;
    if (layout->get<int>() != card->insert.layout.get()) return reading;
    if (answers == json.end() || !answers->is_object()) return reading;
    for (const auto& [question, answer] : answers->items()) {
        reading.answers.push_back(answer_of(question, answer));
    }
    return reading;
}

/// One thing that waits, with its reading.
struct Waiting {
    ReviewItem item;
    Json reading = Json::object();
};

/// The item, if this person may do this with it.
Result<Waiting> find_waiting(const Counter& counter, const ReviewWords& words,
                             ReviewAction action) {
    auto named = check_reviewer(words.who, counter.reviewers);
    if (!named) return named.error();
    auto queue = counter.store.review_queue(counter.shop);
    if (!queue) return queue.error();
    const auto found = std::find_if(queue->begin(), queue->end(),
                                    [&](const ReviewItem& one) { return one.id == words.item; });
    if (found == queue->end()) {
        return Error{ErrorCode::NotFound,
                     fmt::format("no item {} waits in review", words.item.get()), "",
                     "see: verso review list"};
    }
    Waiting waiting{std::move(*found)};
    auto json = Json::parse(waiting.item.reading_json, nullptr, false);
    if (json.is_object()) waiting.reading = std::move(json);
    const auto kind = review_kind(waiting.item, side_of(waiting.reading));
    const std::string where = fmt::format("review item {}", words.item.get());
    if (auto may = check_review_action(kind, action); !may) return may.error().at(where);
    return waiting;
}

/// The card of the item: printed here, not voided, of the order that the item names.
Result<CardRecord> card_of(const Counter& counter, const ReviewItem& item) {
    const auto refused = [&](std::string why) {
        return Error{ErrorCode::NotAllowed, std::move(why),
                     fmt::format("review item {}", item.id.get()), "discard it with a reason"};
    };
    if (!item.card) return refused("its card is not known");
    auto found = counter.store.find_card(*item.card);
    if (!found) return found.error();
    if (!*found || (*found)->shop != counter.shop)
        return refused("its card was never printed here");
    CardRecord card = std::move(**found);
    if (card.state == CardState::Voided) {
        return refused(fmt::format("its card was voided: {}", card.void_reason));
    }
    if (card.insert.order.get() != item.order) return refused("its card is of another order");
    return card;
}

/// What the person makes of it.
Result<Response> response_of(const Counter& counter, const ReviewWords& words,
                             const Waiting& waiting, Instant at) {
    if (!waiting.item.reading) {
        return Error{ErrorCode::NotAllowed, "the order has an answer that says something else",
                     fmt::format("review item {}", words.item.get()),
                     "say which counts, first or other, with a reason"};
    }
    auto card = card_of(counter, waiting.item);
    if (!card) return card.error();
    auto questions = questions_of(counter, *card);
    if (!questions) return questions.error();
    auto said = parse_said_answers(words.answers);
    if (!said) return said.error();
    const Reading reading = reading_of(waiting.item, waiting.reading, &*card);
    auto response = settle_answers(reading, *questions, *said, words.comment, at);
    if (!response) return response.error();
    auto order = counter.store.find_order(counter.shop, response->order);
    if (!order) return order.error();
    if (auto sound = check_response(*response, *order); !sound) return sound.error();
    return response;
}

/// "overall 4, delivery 1": what is kept of it.
std::string words_of(const Response& response) {
    std::string out;
    for (const auto& [question, value] : response.answers) {
        out += fmt::format("{}{} {}", out.empty() ? "" : ", ", question, value);
    }
    return out;
}

Result<void> note(const Counter& counter, const ReviewWords& words, ReviewAction action,
                  std::string detail, Instant at) {
    return desk_of(counter.store)
        .note_review(counter.shop, words.item,
                     {at, words.who, std::string(to_string(action)), std::move(detail)});
}

/// Writes the note and takes the item out of the queue.
Result<void> close(const Counter& counter, const ReviewWords& words, ReviewAction action,
                   const std::string& detail, Instant at) {
    if (auto noted = note(counter, words, action, detail, at); !noted) return noted;
    const std::string how = fmt::format("{} by {}: {}", to_string(action), words.who, detail);
    return counter.store.settle_review(counter.shop, words.item, how, at);
}

}  // namespace

namespace {

Error says_otherwise(const std::string& order) {
    return {ErrorCode::NotAllowed, "the order has a rating that says something else", order,
            "look at both (verso review show) and say which counts, first or other"};
}

/// The other of two answers that differ: what the item brought, or what the person makes of it,
/// recorded now.
Result<KeptResponse> other_answer(const Counter& counter, const ReviewWords& words,
                                  const Waiting& waiting, Instant at) {
    auto known = desk_of(counter.store).response_in_review(counter.shop, waiting.item);
    if (!known) return known.error();
    if (*known && words.answers.empty()) return std::move(**known);
    auto response = response_of(counter, words, waiting, at);
    if (!response) return response.error();
    auto recorded = counter.store.record_response(counter.shop, *response, waiting.item.reading);
    if (!recorded) return recorded.error();
    return KeptResponse{recorded->id, std::move(*response)};
}

/// Which of the two counts, as the person says; nothing changes when it is the first.
Result<RecordedResponse> choose(const Counter& counter, const ReviewWords& words,
                                const Waiting& waiting, Instant at) {
    if (words.reason.empty()) {
        return Error{ErrorCode::ValueInvalid, "nobody said why that answer counts",
                     fmt::format("review item {}", words.item.get()), "give a reason"};
    }
    auto other = other_answer(counter, words, waiting, at);
    if (!other) return other.error();
    auto rating = counter.store.find_rating(counter.shop, other->response.order);
    if (!rating) return rating.error();
    auto takes = takes_other(words.take, *rating, other->response);
    if (!takes) return takes.error();

    const auto outcome = *takes ? ResponseOutcome::Chosen : ResponseOutcome::Conflict;
    if (*takes) {
        auto chosen = desk_of(counter.store).choose_response(counter.shop, *other);
        if (!chosen) return chosen.error();
    }
    const std::string detail = fmt::format("{} ({}): {}", *takes ? "other taken" : "first stays",
                                           words_of(other->response), words.reason);
    auto closed = close(counter, words, ReviewAction::Settle, detail, at);
    if (!closed) return closed.error();
    return RecordedResponse{other->id, outcome};
}

/// What the card says, where nothing contradicts it.
Result<RecordedResponse> say(const Counter& counter, const ReviewWords& words,
                             const Waiting& waiting, Instant at) {
    auto response = response_of(counter, words, waiting, at);
    if (!response) return response.error();
    auto recorded = counter.store.record_response(counter.shop, *response, waiting.item.reading);
    if (!recorded) return recorded.error();
    // Leaving the scope takes the response back: the item goes on waiting.
    if (recorded->outcome == ResponseOutcome::Conflict) {
        return says_otherwise(response->order.get());
    }
    auto closed = close(counter, words, ReviewAction::Settle, words_of(*response), at);
    if (!closed) return closed.error();
    return recorded;
}

}  // namespace

Result<RecordedResponse> settle(const Counter& counter, const ReviewWords& words, Instant at) {
    auto scope = counter.store.begin();
    if (!scope) return scope.error();
    auto waiting = find_waiting(counter, words, ReviewAction::Settle);
    if (!waiting) return waiting.error();
    auto recorded = words.take.empty() ? say(counter, words, *waiting, at)
                                       : choose(counter, words, *waiting, at);
    if (!recorded) return recorded;
    if (auto kept = (*scope)->commit(); !kept) return kept.error();
    return recorded;
}

Result<void> key_code(const Counter& counter, const ReviewWords& words, Instant at) {
    auto scope = counter.store.begin();
    if (!scope) return scope.error();
    auto waiting = find_waiting(counter, words, ReviewAction::Key);
    if (!waiting) return waiting.error();
    auto card = parse_card(words.code);
    if (!card) return card.error();
    auto known = desk_of(counter.store).identify_review(counter.shop, words.item, *card);
    if (!known) return known;
    if (auto noted = note(counter, words, ReviewAction::Key, format_typed_code(*card), at);
        !noted) {
        return noted;
    }
    return (*scope)->commit();
}

Result<void> want_rescan(const Counter& counter, const ReviewWords& words, Instant at) {
    auto waiting = find_waiting(counter, words, ReviewAction::Rescan);
    if (!waiting) return waiting.error();
    return note(counter, words, ReviewAction::Rescan, words.reason, at);
}

Result<void> discard(const Counter& counter, const ReviewWords& words, Instant at) {
    auto scope = counter.store.begin();
    if (!scope) return scope.error();
    auto waiting = find_waiting(counter, words, ReviewAction::Discard);
    if (!waiting) return waiting.error();
    if (words.reason.empty()) {
        return Error{ErrorCode::ValueInvalid, "nobody said why it is discarded",
                     fmt::format("review item {}", words.item.get()), "give a reason"};
    }
    auto closed = close(counter, words, ReviewAction::Discard, words.reason, at);
    if (!closed) return closed;
    return (*scope)->commit();
}

}  // namespace verso::records

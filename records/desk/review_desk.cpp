// SPDX-License-Identifier: Apache-2.0
#include "records/desk/review_desk.h"

#include <fmt/format.h>

#include "core/domain/card_link.h"
#include "records/desk/card_questions.h"
#include "records/desk/review_reading.h"
#include "records/lifecycle/rating_rule.h"
#include "records/store/desk_book.h"
#include "records/store/review_book.h"

namespace verso::records {

namespace {

/// One thing that waits, with what was done with it before.
struct Waiting {
    ReviewItem item;
    std::vector<DeskEntry> notes;
};

constexpr std::string_view kLook = "look", kUndo = "undo";
constexpr std::string_view kSettledAgain = "settled again";
constexpr std::string_view kOtherTaken = "other taken", kFirstStays = "first stays";
constexpr std::chrono::minutes kUndoFor{10};

/// The item, if this person may do this with it.
Result<Waiting> find_waiting(const Counter& counter, const ReviewWords& words,
                             ReviewAction action) {
    auto named = check_reviewer(words.who, counter.reviewers);
    if (!named) return named.error();
    auto found = reviews_of(counter.store).find_open(counter.shop, words.item);
    if (!found) return found.error();
    if (!*found) {
        return Error{ErrorCode::NotFound,
                     fmt::format("no item {} waits in review", words.item.get()), "",
                     "see: verso review list"};
    }
    auto notes = desk_of(counter.store).review_notes(counter.shop, words.item);
    if (!notes) return notes.error();
    Waiting waiting{std::move(**found), std::move(*notes)};
    const auto kind = review_kind(waiting.item, review_reading(waiting.item, nullptr).side);
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
    const Reading reading = review_reading(waiting.item, &*card);
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

/// The answers in one spelling, so that two people's are compared.
std::string spelled(const ReviewWords& words, const Response& response) {
    std::string out = words.take.empty() ? "" : "take " + words.take + ": ";
    out += words_of(response);
    if (response.publish) out += ", publish";
    return response.comment.empty() ? out : out + ", " + response.comment;
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

/// ValueInvalid without a reason; `why` says for what.
Result<void> need_reason(const ReviewWords& words, std::string why) {
    if (!words.reason.empty()) return {};
    return Error{ErrorCode::ValueInvalid, std::move(why),
                 fmt::format("review item {}", words.item.get()), "give a reason"};
}

/// Which of the two counts, as the person says; nothing changes when it is the first.
Result<RecordedResponse> choose(const Counter& counter, const ReviewWords& words,
                                const Waiting& waiting, Instant at) {
    auto why = need_reason(words, "nobody said why that answer counts");
    if (!why) return why.error();
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
    const std::string detail = fmt::format("{} ({}): {}", *takes ? kOtherTaken : kFirstStays,
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

/// Whether somebody settled it already and took that back.
bool was_undone(const Waiting& waiting) {
    return !waiting.notes.empty() && waiting.notes.back().what == kUndo;
}

Result<RecordedResponse> settle_now(const Counter& counter, const ReviewWords& words,
                                    const Waiting& waiting, Instant at) {
    if (!words.take.empty()) return choose(counter, words, waiting, at);
    if (!was_undone(waiting)) return say(counter, words, waiting, at);
    // What was taken back stays among the responses: this one takes its place.
    auto known = desk_of(counter.store).response_in_review(counter.shop, waiting.item);
    if (!known) return known.error();
    if (!*known) return say(counter, words, waiting, at);
    ReviewWords again = words;
    again.take = "other";
    again.reason = kSettledAgain;
    return choose(counter, again, waiting, at);
}

/// What the shop's wish for two looks makes of this one; what is not enough is kept for the next.
Result<SecondLook> look(const Counter& counter, const ReviewWords& words, const Waiting& waiting,
                        const std::string& said, Instant at) {
    if (!counter.two_looks) return SecondLook::Enough;
    const auto outcome = judge_look(looks_of(waiting.notes), {words.who, said}, words.supervises);
    if (outcome == SecondLook::Enough) return outcome;
    const DeskEntry entry{at, words.who, std::string(kLook), said};
    auto noted = desk_of(counter.store).note_review(counter.shop, words.item, entry);
    return noted ? Result<SecondLook>(outcome) : noted.error();
}

/// What the person says, without keeping it: so that it is sound when the second one says it.
Result<std::string> said_of(const Counter& counter, const ReviewWords& words,
                            const Waiting& waiting, Instant at) {
    if (!words.take.empty() && words.answers.empty()) return "take " + words.take;
    auto response = response_of(counter, words, waiting, at);
    if (!response) return response.error();
    return spelled(words, *response);
}

/// Gives the answer back that the last settling recorded, if it did and nothing stands on it.
Result<void> give_back(const Counter& counter, const DoneReview& done, Instant at) {
    const std::string where = fmt::format("review item {}", done.item.id.get());
    const auto refused = [&](const char* why) {
        return Error{ErrorCode::NotAllowed, why, where, "tell who runs the shop"};
    };
    const std::string& detail = done.entry.detail;
    const bool was_choice = detail.starts_with(kOtherTaken) || detail.starts_with(kFirstStays);
    if (was_choice && !detail.ends_with(kSettledAgain)) {
        return refused("a choice between two answers is not taken back");
    }
    auto kept = desk_of(counter.store).response_in_review(counter.shop, done.item);
    if (!kept) return kept.error();
    if (!*kept) return refused("its answer is not known any more");
    const Response& response = (*kept)->response;
    auto rating = counter.store.find_rating(counter.shop, response.order);
    if (!rating) return rating.error();
    auto all = counter.store.responses_of(counter.shop, response.order);
    if (!all) return all.error();
    if (!*rating || **rating != response || all->empty() || all->back() != response) {
        return refused("the order has another answer besides, or since");
    }
    auto taken =
        reviews_of(counter.store).take_back(counter.shop, response.order, response.card, at);
    return taken ? Result<void>{} : Result<void>(taken.error());
}

}  // namespace

std::vector<Look> looks_of(std::span<const DeskEntry> notes) {
    std::vector<Look> looks;
    for (const DeskEntry& note : notes) {
        if (note.what == kLook) looks.push_back({note.who, note.detail});
        // What was settled and taken back begins anew.
        if (note.what == kUndo) looks.clear();
    }
    return looks;
}

Result<Settled> settle(const Counter& counter, const ReviewWords& words, Instant at) {
    auto scope = counter.store.begin();
    if (!scope) return scope.error();
    auto waiting = find_waiting(counter, words, ReviewAction::Settle);
    if (!waiting) return waiting.error();
    Settled settled;
    if (counter.two_looks) {
        auto said = said_of(counter, words, *waiting, at);
        if (!said) return said.error();
        auto outcome = look(counter, words, *waiting, *said, at);
        if (!outcome) return outcome.error();
        settled.look = *outcome;
    }
    if (settled.look == SecondLook::Enough) {
        auto recorded = settle_now(counter, words, *waiting, at);
        if (!recorded) return recorded.error();
        settled.recorded = *recorded;
    }
    if (auto kept = (*scope)->commit(); !kept) return kept.error();
    return settled;
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

Result<SecondLook> discard(const Counter& counter, const ReviewWords& words, Instant at) {
    auto scope = counter.store.begin();
    if (!scope) return scope.error();
    auto waiting = find_waiting(counter, words, ReviewAction::Discard);
    if (!waiting) return waiting.error();
    if (auto why = need_reason(words, "nobody said why it is discarded"); !why) return why.error();
    auto outcome = look(counter, words, *waiting, "discard", at);
    if (!outcome) return outcome;
    if (*outcome == SecondLook::Enough) {
        auto closed = close(counter, words, ReviewAction::Discard, words.reason, at);
        if (!closed) return closed.error();
    }
    if (auto kept = (*scope)->commit(); !kept) return kept.error();
    return outcome;
}

Result<ReviewId> undo_last(const Counter& counter, const std::string& who, Instant at) {
    auto scope = counter.store.begin();
    if (!scope) return scope.error();
    auto done = reviews_of(counter.store).last_done(counter.shop, who, at - kUndoFor);
    if (!done) return done.error();
    if (!*done) {
        return Error{ErrorCode::NotFound, "there is nothing of yours to take back", "",
                     fmt::format("only what you settled last, for {} minutes", kUndoFor.count())};
    }
    const ReviewId item = (*done)->item.id;
    if ((*done)->entry.what == to_string(ReviewAction::Settle)) {
        if (auto back = give_back(counter, **done, at); !back) return back.error();
    }
    auto opened = reviews_of(counter.store).reopen_review(counter.shop, item);
    if (!opened) return opened.error();
    const DeskEntry entry{at, who, std::string(kUndo), (*done)->entry.detail};
    auto noted = desk_of(counter.store).note_review(counter.shop, item, entry);
    if (!noted) return noted.error();
    if (auto kept = (*scope)->commit(); !kept) return kept.error();
    return item;
}

}  // namespace verso::records

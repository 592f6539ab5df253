// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <map>
#include <optional>
#include <span>
#include <string>
#include <string_view>

#include "core/card/card_layout.h"
#include "core/domain/reading.h"
#include "core/util/result.h"
#include "records/store/store_types.h"

namespace verso::records {

// What a person may do with a thing that waits in review, and what comes of it. Pure.

enum class ReviewAction {
    Settle,   ///< say what the card says, or which of two answers counts
    Key,      ///< key the typed code of a card whose codes could not be read
    Rescan,   ///< ask for another scan; the thing goes on waiting
    Discard,  ///< nothing can or should come of it; needs a reason
};
std::span<const ReviewAction> all_review_actions();
/// "settle", "key", "rescan", "discard".
std::string_view to_string(ReviewAction action);

/// What waits, as far as the actions differ.
enum class ReviewKind {
    Answers,       ///< answers without an image that differ from the order's rating
    Card,          ///< a card of ours, read in doubt or with other answers than the rating
    Unidentified,  ///< an image on which no card's code could be read
    Barred,        ///< forged, voided, another site's, or never printed here: no answer of ours
    ReturnSheet,   ///< a return sheet: it rates nothing, the return is announced by hand
};
std::span<const ReviewKind> all_review_kinds();
/// "answers", "card" …
std::string_view to_string(ReviewKind kind);

/// What kind of thing this is. `side` is that of its reading; Answer without one.
ReviewKind review_kind(const ReviewItem& item, SheetSide side);

/// NotAllowed, with the reason and what to do instead, where the action makes no sense for the
/// kind.
Result<void> check_review_action(ReviewKind kind, ReviewAction action);

/// Whether `who` may act: a name is always needed, and it is one of `reviewers` unless that is
/// empty. ValueInvalid, NotAllowed.
Result<void> check_reviewer(std::string_view who, std::span<const std::string> reviewers);

/// What a person said of a card's questions: a value, or nothing for "left blank".
using SaidAnswers = std::map<std::string, std::optional<int>, std::less<>>;

/// "overall=4", "delivery=none". ValueInvalid for anything else.
Result<SaidAnswers> parse_said_answers(std::span<const std::string> texts);

/// The response that a person settled a card's reading to: what was said, and what was read without
/// doubt of the rest. `questions` are those of the card as printed. ValueInvalid for a question or
/// value that the card has not; NotAllowed while a doubtful question is not decided, or without an
/// overall answer. The channel stays Paper: the marks are the buyer's.
Result<Response> settle_answers(const Reading& reading, std::span<const Question> questions,
                                const SaidAnswers& said, std::string_view comment, Instant at);

/// Whether the card has these questions, and a box for each value. ValueInvalid.
Result<void> check_said(const SaidAnswers& said, std::span<const Question> questions);

/// Which of two answers that differ counts, said as "first" (what counts now), "other", or as the
/// channel by which one of them came: "paper", "qr" … True for the other one. ValueInvalid for a
/// word that names neither, or both.
Result<bool> takes_other(std::string_view word, const std::optional<Rating>& first,
                         const Response& other);

}  // namespace verso::records

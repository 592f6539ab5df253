// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <optional>
#include <span>
#include <string>
#include <vector>

#include "records/desk/counter.h"
#include "records/lifecycle/review_rule.h"
#include "records/lifecycle/second_look.h"
#include "records/store/desk_book.h"

namespace verso::records {

/// What a person says of a thing in review.
struct ReviewWords {
    ReviewId item{0};
    std::string who, reason, comment;
    std::string code;                  ///< as printed on the card, for Key
    std::vector<std::string> answers;  ///< "overall=4", "delivery=none"
    std::string take;         ///< of two answers that differ: "first", "other", or one's channel
    bool supervises = false;  ///< may decide where two looks differ
};

/// What came of settling.
struct Settled {
    SecondLook look = SecondLook::Enough;
    std::optional<RecordedResponse> recorded{};  ///< nothing while another look is needed
};

/// The response is recorded, the item leaves the queue, and who did it when is kept: all of it or
/// nothing. NotFound: no such item waits; NotAllowed: the card is not known, is voided or another
/// order's, a question is open, or the order's rating says otherwise and nobody said which of the
/// two counts (`take`, with a reason); ValueInvalid. Of two desks at once the second is told that
/// the item is not open. Where the shop wants two looks, the first is kept and the item goes on
/// waiting.
Result<Settled> settle(const Counter& counter, const ReviewWords& words, Instant at);
/// Names the card of a picture on which no code could be read. It goes on waiting.
Result<void> key_code(const Counter& counter, const ReviewWords& words, Instant at);
/// Asks for another scan. It goes on waiting.
Result<void> want_rescan(const Counter& counter, const ReviewWords& words, Instant at);
/// Nothing comes of it, as soon as enough people say so. ValueInvalid without a reason.
Result<SecondLook> discard(const Counter& counter, const ReviewWords& words, Instant at);
/// What this person settled or discarded last, within ten minutes, waits again; an answer that it
/// recorded counts no more. NotFound; NotAllowed when another answer of the order came besides.
Result<ReviewId> undo_last(const Counter& counter, const std::string& who, Instant at);

/// The looks that notes of a thing in review tell of.
std::vector<Look> looks_of(std::span<const DeskEntry> notes);

}  // namespace verso::records

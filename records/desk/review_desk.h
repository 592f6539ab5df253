// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string>
#include <vector>

#include "records/desk/counter.h"
#include "records/lifecycle/review_rule.h"

namespace verso::records {

/// What a person says of a thing in review.
struct ReviewWords {
    ReviewId item{0};
    std::string who, reason, comment;
    std::string code;                  ///< as printed on the card, for Key
    std::vector<std::string> answers;  ///< "overall=4", "delivery=none"
    std::string take;  ///< of two answers that differ: "first", "other", or one's channel
};

/// The response is recorded, the item leaves the queue, and who did it when is kept: all of it or
/// nothing. NotFound: no such item waits; NotAllowed: the card is not known, is voided or another
/// order's, a question is open, or the order's rating says otherwise and nobody said which of the
/// two counts (`take`, with a reason); ValueInvalid. Of two desks at once the second is told that
/// the item is not open.
Result<RecordedResponse> settle(const Counter& counter, const ReviewWords& words, Instant at);
/// Names the card of a picture on which no code could be read. It goes on waiting.
Result<void> key_code(const Counter& counter, const ReviewWords& words, Instant at);
/// Asks for another scan. It goes on waiting.
Result<void> want_rescan(const Counter& counter, const ReviewWords& words, Instant at);
/// Nothing comes of it. ValueInvalid without a reason.
Result<void> discard(const Counter& counter, const ReviewWords& words, Instant at);

}  // namespace verso::records

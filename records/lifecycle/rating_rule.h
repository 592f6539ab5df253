// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <optional>
#include <string>

#include "core/domain/answer.h"
#include "core/domain/reading.h"
#include "core/util/result.h"
#include "records/store/store_types.h"

namespace verso::records {

// One rating per order counts; every response is kept. Pure.

/// What a response does to the rating of its order.
struct RatingDecision {
    ResponseOutcome outcome = ResponseOutcome::First;
    Rating rating;       ///< what counts afterwards
    std::string detail;  ///< for Conflict: one sentence that shows both answers
};

/// The first response is the rating. A later one with equal answers, by the same card or that of
/// another parcel of the order, merges: it may bring the comment that the first had not, and the
/// comment is publishable only if both allow it. Different answers, or two different comments, are
/// a conflict: the rating stays as it is and a person decides.
RatingDecision decide_rating(const std::optional<Rating>& current, const Response& response);

/// The response in an accepted reading of a paper card: blank questions are absent, the publish
/// tick becomes `publish`, the comment stays empty (it is handwriting). NotAllowed unless the
/// reading is accepted and has card, order and an overall answer, none of its answers ambiguous.
Result<Response> to_response(const Reading& reading, Instant at);

}  // namespace verso::records

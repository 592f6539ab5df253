// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <optional>
#include <string>

#include "core/domain/answer.h"
#include "core/domain/order.h"
#include "core/domain/reading.h"
#include "core/util/result.h"
#include "records/lifecycle/card_life.h"
#include "records/store/store_types.h"

namespace verso::records {

// One rating per order counts; every response is kept. Pure.

/// What counts for one order, or did until it was withdrawn.
struct RatingFacts {
    std::optional<Rating> rating{};
    bool is_withdrawn = false;  ///< then `rating` is what was taken back
    /// When the first scores of the rating's card came: from then on runs the time to amend.
    Instant answered_at{};

    /// The rating, unless it was withdrawn.
    std::optional<Rating> counting() const { return is_withdrawn ? std::nullopt : rating; }
};

/// What a response does to the rating of its order.
struct RatingDecision {
    ResponseOutcome outcome = ResponseOutcome::First;
    /// What counts afterwards. Meaningless where nothing does: Withdrawn, or Noted without one.
    Rating rating;
    std::string detail;  ///< for Conflict: one sentence that shows both answers
};

/// The first response with scores is the rating. A later one with equal answers, by the same card
/// or that of another parcel of the order, merges: it may bring the comment or the stars of an
/// article that the first had not, and the comment is publishable only if both allow it. Different
/// answers or stars, or two different comments, are a conflict: the rating stays as it is and a
/// person decides; so are any scores after a withdrawal. A response without scores is noted.
RatingDecision decide_rating(const RatingFacts& facts, const Response& response);
/// The same where nothing was withdrawn.
RatingDecision decide_rating(const std::optional<Rating>& current, const Response& response);

/// Whose word a change of an answer is.
struct AmendProof {
    bool has_secret = false;  ///< the card's secret was shown, not only its typed code
    CardTerms terms{};        ///< of the shop
};

/// The buyer changes the answer: the same card as the rating's, its secret, inside the shop's
/// window, scores. The response takes the rating's place, all of it (Amended); saying the same
/// again is Merged. A withdrawn answer may be amended too. NotAllowed otherwise, with the reason.
Result<RatingDecision> decide_amendment(const RatingFacts& facts, const Response& response,
                                        const AmendProof& proof);

/// The buyer takes the answer back, on the same terms. Done twice it is Withdrawn again.
Result<RatingDecision> decide_withdrawal(const RatingFacts& facts, CardId card, Instant at,
                                         const AmendProof& proof);

/// Whether a response is sound: scores have an overall answer, the other kinds have none at all,
/// stars are 1 to 5 and for lines that the order has. ValueInvalid.
Result<void> check_response(const Response& response, const Order& order);

/// The response in an accepted reading of a paper card: blank questions are absent, the publish
/// tick becomes `publish`, the comment stays empty (it is handwriting). NotAllowed unless the
/// reading is accepted and has card, order and an overall answer, none of its answers ambiguous.
Result<Response> to_response(const Reading& reading, Instant at);

}  // namespace verso::records

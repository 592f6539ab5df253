// SPDX-License-Identifier: Apache-2.0
#include "records/lifecycle/intake.h"

#include "core/card/card_layout.h"
#include "records/lifecycle/identity.h"
#include "records/lifecycle/piece_rule.h"
#include "records/lifecycle/rating_rule.h"

namespace verso::records {

namespace {

/// The answers of an accepted reading. One that is no answer after all goes to a person. A return
/// sheet rates nothing: it is kept as a reading.
std::optional<Response> answer_in(Reading& reading, Instant at) {
    if (reading.verdict != Verdict::Accepted) return std::nullopt;
    if (reading.side != SheetSide::Answer) return std::nullopt;
    auto response = to_response(reading, at);
    if (response) return std::move(*response);
    reading.reject(RejectionCode::DoubtfulMark, "", response.error().message);
    return std::nullopt;
}

/// The card of a reading, if it has one and it was printed in this home.
Result<std::optional<CardRecord>> find_own(Store& store, ShopId shop, const Reading& reading) {
    if (!reading.card) return std::optional<CardRecord>{};
    auto record = store.find_card(*reading.card);
    if (!record || !*record || (*record)->shop == shop) return record;
    return Error{ErrorCode::NotAllowed, "the card is another shop's: it was not recorded",
                 reading.source, "give it to its own shop"};
}

/// What it was recorded as when it was seen first.
Intake seen_before(const StoredReading& stored, Reading reading) {
    reading.verdict = stored.verdict;
    reading.order = stored.order;
    reading.reasons = stored.reasons;
    Intake intake{std::move(reading)};
    intake.seen_before = true;
    return intake;
}

Result<PieceDecision> compare_with_earlier(Store& store, ShopId shop, const Reading& reading) {
    if (reading.side != SheetSide::Answer) return PieceDecision{};  // no other piece of the card
    if (!reading.card || reading.piece.empty()) return PieceDecision{};
    auto earlier = store.earlier_readings(shop, *reading.card);
    if (!earlier) return earlier.error();
    return decide_piece(reading, *earlier);
}

/// Two readings of one piece without a doubt are compared by their answers, as any two are. In all
/// other cases one of them has a doubt: the first verdict stands, be it an answer or a place in the
/// queue.
bool settled_before(const PieceDecision& piece, const Reading& reading) {
    if (piece.match != PieceMatch::Same) return false;
    return piece.earlier->verdict != Verdict::Accepted || reading.verdict != Verdict::Accepted;
}

Result<Intake> keep_unchanged(Store& store, ShopId shop, ScanId scan, Reading reading,
                              const EarlierReading& earlier, Instant at) {
    auto recorded = store.record_reading(shop, scan, reading, at, ReviewNeed::None);
    if (!recorded) return recorded.error();
    reading.verdict = earlier.verdict;
    reading.order = earlier.order;
    reading.reasons = earlier.reasons;
    Intake intake{std::move(reading)};
    intake.same_piece = true;
    return intake;
}

/// Keeps the reading with the reasons that its answers and its paper give, and then its answers.
Result<Intake> record(Store& store, ShopId shop, ScanId scan, Reading reading,
                      const PieceDecision& piece, Instant at) {
    auto response = answer_in(reading, at);
    const bool other_piece = piece.match == PieceMatch::Different;
    if (other_piece) {
        reading.reject(RejectionCode::OtherPiece, "", other_piece_text(*piece.earlier));
    }
    if (response) {
        // Decided here too, so that the reading is kept with the reason that sends it to review.
        auto current = store.find_rating(shop, response->order);
        if (!current) return current.error();
        const RatingDecision decision = decide_rating(*current, *response);
        if (decision.outcome == ResponseOutcome::Conflict) {
            reading.reject(RejectionCode::Duplicate, "", decision.detail);
        }
        // Which of the two pieces is the buyer's, a person says.
        if (other_piece && decision.outcome == ResponseOutcome::First) response.reset();
    }
    auto recorded = store.record_reading(shop, scan, reading, at);
    if (!recorded) return recorded.error();
    Intake intake{std::move(reading)};
    if (!response) return intake;
    auto kept = store.record_response(shop, *response, recorded->id);
    if (!kept) return kept.error();
    intake.outcome = kept->outcome;
    return intake;
}

}  // namespace

Result<Intake> take_in(Store& store, ShopId shop, ScanId scan, Reading reading,
                       std::string_view link_host, Instant at, const CardTerms& terms) {
    auto transaction = store.begin();
    if (!transaction) return transaction.error();
    auto known = store.find_reading(shop, scan, reading);
    if (!known) return known.error();
    if (*known) return seen_before(**known, std::move(reading));
    auto printed = find_own(store, shop, reading);
    if (!printed) return printed.error();
    check_identity(reading, *printed, {shop, link_host, terms, at});
    auto piece = compare_with_earlier(store, shop, reading);
    if (!piece) return piece.error();
    auto intake = settled_before(*piece, reading)
                      ? keep_unchanged(store, shop, scan, std::move(reading), *piece->earlier, at)
                      : record(store, shop, scan, std::move(reading), *piece, at);
    if (!intake) return intake;
    if (auto committed = (*transaction)->commit(); !committed) return committed.error();
    return intake;
}

}  // namespace verso::records

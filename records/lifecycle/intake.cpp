// SPDX-License-Identifier: Apache-2.0
#include "records/lifecycle/intake.h"

#include "core/card/card_layout.h"
#include "records/lifecycle/identity.h"
#include "records/lifecycle/rating_rule.h"

namespace verso::records {

namespace {

/// The answers of an accepted reading. One that is no answer after all goes to a person.
std::optional<Response> answer_in(Reading& reading, Instant at) {
    if (reading.verdict != Verdict::Accepted) return std::nullopt;
    auto response = to_response(reading, at);
    if (response) return std::move(*response);
    reading.reject(RejectionCode::DoubtfulMark, "", response.error().message);
    return std::nullopt;
}

/// What it was recorded as when it was seen first.
Intake seen_before(const StoredReading& stored, Reading reading) {
    reading.verdict = stored.verdict;
    reading.order = stored.order;
    reading.reasons = stored.reasons;
    return {std::move(reading), true, std::nullopt};
}

}  // namespace

Result<Intake> take_in(Store& store, ShopId shop, ScanId scan, Reading reading,
                       std::string_view link_host, Instant at) {
    auto transaction = store.begin();
    if (!transaction) return transaction.error();
    auto known = store.find_reading(shop, scan, reading);
    if (!known) return known.error();
    if (*known) return seen_before(**known, std::move(reading));
    if (auto checked = check_identity(reading, store, shop, link_host); !checked) {
        return checked.error();
    }
    const auto response = answer_in(reading, at);
    if (response) {
        // Decided here too, so that the reading is kept with the reason that sends it to review.
        auto current = store.find_rating(shop, response->order);
        if (!current) return current.error();
        const RatingDecision decision = decide_rating(*current, *response);
        if (decision.outcome == ResponseOutcome::Conflict) {
            reading.reject(RejectionCode::Duplicate, "", decision.detail);
        }
    }
    auto recorded = store.record_reading(shop, scan, reading, at);
    if (!recorded) return recorded.error();
    Intake intake{std::move(reading), false, std::nullopt};
    if (response) {
        auto kept = store.record_response(shop, *response, recorded->id);
        if (!kept) return kept.error();
        intake.outcome = kept->outcome;
    }
    if (auto committed = (*transaction)->commit(); !committed) return committed.error();
    return intake;
}

}  // namespace verso::records

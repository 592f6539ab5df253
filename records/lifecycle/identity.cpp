// SPDX-License-Identifier: Apache-2.0
#include "records/lifecycle/identity.h"

#include <fmt/format.h>

#include "core/crypto/crypto.h"
#include "core/domain/card_link.h"

namespace verso::records {

namespace {

bool is_expired(const CardRecord& record, const CardTerms& terms, Instant now) {
    const CardTimes times{record.insert.printed_at, {}};
    return phase_at(record.phase, times, terms, now) == CardPhase::Expired;
}

/// The checks of a card that this shop printed.
void check_known(Reading& reading, const CardRecord& record, const IdentityTerms& terms) {
    const std::string card = format_card(record.insert.card);
    // Without the proof of its secret (retention) no code can be told from a forged one.
    const bool has_proof = reading.secret && !record.insert.proof.secret_hash.empty();
    if (has_proof &&
        !secret_matches(record.insert.card, *reading.secret, record.insert.proof.secret_hash)) {
        reading.reject(RejectionCode::ForgedSecret, "",
                       fmt::format("the secret in the code is not the one printed for {}", card));
    }
    if (record.state == CardState::Voided) {
        reading.reject(RejectionCode::VoidedCard, "",
                       fmt::format("the card {} was voided: {}", card, record.void_reason));
    }
    if (is_expired(record, terms.cards, terms.now)) {
        reading.reject(RejectionCode::ExpiredCard, "",
                       fmt::format("the time to answer with the card {} is over", card));
    }
    if (reading.layout && *reading.layout != record.insert.layout) {
        reading.reject(RejectionCode::UnknownLayout, "",
                       fmt::format("the code says layout {}, but the card was printed with {}",
                                   reading.layout->get(), record.insert.layout.get()));
    }
    const bool answer_side = reading.side == SheetSide::Answer;
    if (answer_side && !has_proof && record.state == CardState::Answered) {
        reading.reject(RejectionCode::Duplicate, "",
                       fmt::format("the card {} is answered already, and this piece of it brings "
                                   "no secret that could be checked",
                                   card));
    }
}

}  // namespace

void check_identity(Reading& reading, const std::optional<CardRecord>& record,
                    const IdentityTerms& terms) {
    if (!reading.card) return;
    const bool foreign_link = !reading.host.empty() && reading.host != terms.link_host;
    if (foreign_link) {
        reading.reject(
            RejectionCode::ForeignLink, "",
            fmt::format("the code links to {}, not to {}", reading.host, terms.link_host));
    }
    if (record && record->shop != terms.shop) {
        reading.reject(RejectionCode::ForeignLink, "", "the card is another shop's");
        return;
    }
    if (!record) {
        // Another site's card is not known here either; saying so twice helps nobody.
        if (foreign_link) return;
        reading.reject(RejectionCode::UnknownCard, "",
                       fmt::format("no card {} was ever printed here", format_card(*reading.card)));
        return;
    }
    reading.order = record->insert.order.get();
    check_known(reading, *record, terms);
}

Result<void> check_identity(Reading& reading, Store& store, const IdentityTerms& terms) {
    if (!reading.card) return {};
    auto record = store.find_card(*reading.card);
    if (!record) return record.error();
    check_identity(reading, *record, terms);
    return {};
}

Result<void> check_answerable(const CardRecord& record, const CardTerms& terms, Instant now) {
    const std::string where = format_typed_code(record.insert.card);
    if (record.state == CardState::Voided) {
        return Error{ErrorCode::NotAllowed,
                     fmt::format("the card was voided: {}", record.void_reason), where,
                     "answer with the card of the newer insert"};
    }
    if (!is_expired(record, terms, now)) return {};
    return Error{ErrorCode::NotAllowed, "the time to answer with this card is over", where,
                 "cards.card_days in verso.toml is how long a card may be answered"};
}

}  // namespace verso::records

// SPDX-License-Identifier: Apache-2.0
#include "records/lifecycle/identity.h"

#include <fmt/format.h>

#include "core/crypto/crypto.h"
#include "core/domain/card_link.h"

namespace verso::records {

namespace {

/// The checks of a card that this shop printed.
void check_known(Reading& reading, const CardRecord& record) {
    const std::string card = format_card(record.insert.card);
    if (reading.secret &&
        !secret_matches(record.insert.card, *reading.secret, record.insert.proof.secret_hash)) {
        reading.reject(RejectionCode::ForgedSecret, "",
                       fmt::format("the secret in the code is not the one printed for {}", card));
    }
    if (record.state == CardState::Voided) {
        reading.reject(RejectionCode::VoidedCard, "",
                       fmt::format("the card {} was voided: {}", card, record.void_reason));
    }
    if (reading.layout && *reading.layout != record.insert.layout) {
        reading.reject(RejectionCode::UnknownLayout, "",
                       fmt::format("the code says layout {}, but the card was printed with {}",
                                   reading.layout->get(), record.insert.layout.get()));
    }
    const bool answer_side = reading.side == SheetSide::Answer;
    if (answer_side && !reading.secret && record.state == CardState::Answered) {
        reading.reject(RejectionCode::Duplicate, "",
                       fmt::format("the card {} is answered already, and this piece of it brings "
                                   "no secret",
                                   card));
    }
}

}  // namespace

void check_identity(Reading& reading, const std::optional<CardRecord>& record, ShopId shop,
                    std::string_view link_host) {
    if (!reading.card) return;
    const bool foreign_link = !reading.host.empty() && reading.host != link_host;
    if (foreign_link) {
        reading.reject(RejectionCode::ForeignLink, "",
                       fmt::format("the code links to {}, not to {}", reading.host, link_host));
    }
    if (record && record->shop != shop) {
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
    check_known(reading, *record);
}

Result<void> check_identity(Reading& reading, Store& store, ShopId shop,
                            std::string_view link_host) {
    if (!reading.card) return {};
    auto record = store.find_card(*reading.card);
    if (!record) return record.error();
    check_identity(reading, *record, shop, link_host);
    return {};
}

}  // namespace verso::records

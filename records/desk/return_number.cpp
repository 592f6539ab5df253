// SPDX-License-Identifier: Apache-2.0
#include "records/desk/return_number.h"

#include "core/crypto/crypto.h"
#include "core/domain/card_link.h"

namespace verso::records {

Result<Rma> rma_for(Store& store, ShopId shop, const OrderStory& story, int parcel) {
    for (const auto& card : story.cards) {
        if (card.insert.parcel != parcel || card.insert.rma.get().empty()) continue;
        if (card.state == CardState::Voided) continue;
        auto known = store.returns().find(shop, card.insert.rma);
        if (!known) return known.error();
        if (!*known) return card.insert.rma;
    }
    for (;;) {
        const Rma fresh = make_rma(system_random().bits());
        auto printed = store.rma_taken(shop, fresh);
        if (!printed) return printed.error();
        auto known = store.returns().find(shop, fresh);
        if (!known) return known.error();
        if (!*printed && !*known) return fresh;
    }
}

std::string printed_label(const OrderStory& story, const Rma& rma) {
    for (const auto& card : story.cards) {
        if (card.insert.rma == rma) return card.insert.label;
    }
    return "";
}

}  // namespace verso::records

// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <optional>
#include <string_view>

#include "core/domain/reading.h"
#include "core/util/result.h"
#include "records/store/store.h"

namespace verso::records {

// Is the card on this reading one of ours, and may it still be answered? The scanner cannot know.

/// What the identity of a card is checked against.
struct IdentityTerms {
    ShopId shop;
    std::string_view link_host;  ///< the shop's own, in lower case
    CardTerms cards{};           ///< how long a card may be answered
    Instant now{};
};

/// Fills in the reading's order and adds a rejection, which lowers the verdict to review, for each
/// of: a link of another host, a card never printed here or of another shop, a wrong secret, a
/// voided card, one whose time is over, a layout other than the one the card was printed with. A
/// card known only by its second code or keyed by a person brings no secret: it passes only while
/// nobody has answered with it; so does one whose secret was forgotten (retention). A reading
/// without a card is left alone. Pure.
void check_identity(Reading& reading, const std::optional<CardRecord>& record,
                    const IdentityTerms& terms);

/// Looks the card up and calls the above. Fails only when the store does.
Result<void> check_identity(Reading& reading, Store& store, const IdentityTerms& terms);

/// Whether a card may be answered without paper, by its link or its typed code: NotAllowed for one
/// that is voided or whose time is over. Pure.
Result<void> check_answerable(const CardRecord& record, const CardTerms& terms, Instant now);

}  // namespace verso::records

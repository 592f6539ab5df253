// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <optional>
#include <string_view>

#include "core/domain/reading.h"
#include "core/util/result.h"
#include "records/store/store.h"

namespace verso::records {

// Is the card on this reading one of ours, and may it still be answered? The scanner cannot know.

/// Fills in the reading's order and adds a rejection, which lowers the verdict to review, for each
/// of: a link of another host, a card never printed here or of another shop, a wrong secret, a
/// voided card, a layout other than the one the card was printed with. A card known only by its
/// second code or keyed by a person brings no secret: it passes only while nobody has answered
/// with it. A reading without a card is left alone. Pure.
/// `link_host` is the shop's own, in lower case.
void check_identity(Reading& reading, const std::optional<CardRecord>& record, ShopId shop,
                    std::string_view link_host);

/// Looks the card up and calls the above. Fails only when the store does.
Result<void> check_identity(Reading& reading, Store& store, ShopId shop,
                            std::string_view link_host);

}  // namespace verso::records

// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string_view>

#include "records/desk/order_story.h"
#include "service/api/body_reader.h"

namespace verso::service {

// Orders as programs see them: docs/api.md. No e-mail, no telephone, no secret of a card. Pure.

Json order_row_json(const records::OrderSummary& order, records::OrderState state);
Json order_json(const records::OrderStory& story);
/// The state of a card and no more: what a typed code may show.
Json card_json(const records::CardRecord& card);

/// Whether an order in neutral JSON has only members that docs/formats/neutral-json.md knows.
/// ValueInvalid with the pointer of the first other one.
Result<void> check_order_members(const Json& order, const std::string& pointer);

}  // namespace verso::service

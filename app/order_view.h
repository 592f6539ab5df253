// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <optional>
#include <string>

#include "app/order_history.h"
#include "app/output.h"
#include "core/domain/answer.h"
#include "core/domain/order.h"
#include "records/desk/order_desk.h"
#include "records/store/store_types.h"

namespace verso::app {

/// One line of JSON for a list of orders.
std::string order_summary_json(const records::OrderSummary& order);

/// One order for a person, or as one line of JSON: head, lines by parcel, cards, rating, and what
/// happened around it.
void show(Output& out, const records::OrderStory& story, const std::optional<Rating>& rating,
          const OrderHistory& history);

/// {"order":…,"revision":…,"status":…,"voided":[…]}.
std::string order_done_json(const records::OrderDone& done);

}  // namespace verso::app

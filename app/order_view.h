// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <optional>
#include <span>
#include <string>

#include "app/output.h"
#include "core/domain/answer.h"
#include "core/domain/order.h"
#include "records/store/store_types.h"

namespace verso::app {

/// One line of JSON for a list of orders.
std::string order_summary_json(const records::OrderSummary& order);

/// One order for a person, or as one line of JSON: head, lines by parcel, cards, rating.
void show(Output& out, const Order& order, std::span<const records::CardRecord> cards,
          const std::optional<Rating>& rating);

}  // namespace verso::app

// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "records/export/export_table.h"
#include "records/lifecycle/return_life.h"

namespace verso::records {

/// One line of a return, as the merchant's table has it: rma, order, parcel, state, channel, wish,
/// label, line, sku, title, expected, received, reason, condition, note, comment, opened_at. A line
/// that the order has not stands without SKU and title.
ExportRecord return_record(const Return& made, const ReturnLine& line, const Order& order,
                           Instant opened_at);

}  // namespace verso::records

// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <span>
#include <string_view>

#include "records/import/csv_orders.h"

namespace verso::records {

// The order CSV of WooCommerce's Import/Export suite: one row an order, its lines in the column
// line_items or in line_item_1, line_item_2 …, each as "name:Tea|sku:T-1|quantity:2|total:9.80" or
// as "T-1|2|9.80". docs/formats/orders.md.

CsvForm woocommerce_csv_form();
bool is_woocommerce_header(std::span<const std::string_view> header);

/// "10/05/2026 14:02:00" as the suite writes it, month first, or as other times are; without an
/// offset it is UTC. ValueInvalid.
Result<ZonedTime> parse_suite_time(std::string_view text);

}  // namespace verso::records

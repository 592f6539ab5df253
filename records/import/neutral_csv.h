// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <span>

#include "records/import/csv_orders.h"
#include "records/import/order_collector.h"
#include "records/import/row_values.h"

namespace verso::records {

// Verso's own form of an order export: docs/formats/neutral-csv.md. One row per order line; the
// facts of the order stand on each of its rows.

std::span<const KnownColumn> neutral_columns();

/// True when a header (its values as they stand) is of this form.
bool is_neutral_header(std::span<const std::string_view> header);

/// Takes one row; what is wrong with it is refused at the collector.
void take_neutral_row(const CsvRecord& record, const ColumnMap& columns, OrderCollector& orders);

CsvForm neutral_csv_form();

}  // namespace verso::records

// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <span>
#include <string_view>

#include "core/util/result.h"
#include "records/import/csv_orders.h"
#include "records/import/order_collector.h"
#include "records/import/row_values.h"

namespace verso::records {

// Shopify's order export (Admin, Orders, Export): one row per line item; the first row of an order
// has its facts, the others repeat Name and mostly Email and leave the rest empty. Newer exports
// append columns, older ones lack some. It carries no language, no parcels, no promised day.

std::span<const KnownColumn> shopify_columns();

/// True when a header (its values as they stand) is of this form.
bool is_shopify_header(std::span<const std::string_view> header);

/// Takes one row; what is wrong with it is refused at the collector.
void take_shopify_row(const CsvRecord& record, const ColumnMap& columns, OrderCollector& orders);

/// To be called once an order has all of its rows: the lines of a partly fulfilled order that are
/// still to go are its second parcel, everything else is its first.
void settle_shopify_parcels(Order& order);

/// Only money that has come in whole counts as paid: "authorized", "partially_paid" and "voided"
/// are Unpaid. ValueInvalid for a word that Shopify does not use.
Result<PaymentStatus> payment_from_shopify(std::string_view financial_status);
/// Empty is Open. ValueInvalid for a word that Shopify does not use.
Result<OrderStatus> status_from_shopify(std::string_view fulfillment_status);

CsvForm shopify_csv_form();

}  // namespace verso::records

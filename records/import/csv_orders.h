// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <functional>
#include <span>
#include <string_view>

#include "core/util/result.h"
#include "records/import/byte_source.h"
#include "records/import/order_collector.h"
#include "records/import/order_sink.h"
#include "records/import/row_values.h"
#include "records/import/text_source.h"

namespace verso::records {

/// A form of CSV that has one row per order line.
struct CsvForm {
    ImportFormat format = ImportFormat::Auto;
    std::span<const KnownColumn> columns;
    std::size_t number = 0;  ///< which of the columns has the order's number
    /// Takes one row; what is wrong with it is refused at the collector.
    std::function<void(const CsvRecord& record, const ColumnMap& columns, OrderCollector& orders)>
        take_row;
    /// Called once an order has all of its rows; may be empty.
    std::function<void(Order& order)> settle = {};
    bool names_unknown_columns = false;  ///< whether the report does
};

/// Reads the orders of a file of any size in two passes: the first finds the orders whose rows do
/// not stand together, the second hands each other order on when its last row was seen, and those
/// at the end. Memory does not grow with the file. Gives how many rows there were.
/// FormatInvalid when the header does not have the form's columns; FileUnreadable; FileUnwritable
/// when there is no room for temporary files.
Result<std::size_t> read_csv_orders(ByteSource& source, TextEncoding encoding, const CsvForm& form,
                                    OrderSink& sink);

/// The values of the first row. FormatInvalid when there is none, or a broken one.
Result<std::vector<std::string>> read_csv_header(ByteSource& source, TextEncoding encoding);

}  // namespace verso::records

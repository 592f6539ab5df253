// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <span>

#include "records/import/byte_source.h"
#include "records/import/csv_mapping.h"
#include "records/import/order_sink.h"
#include "records/import/prestashop_context.h"

namespace verso::records {

/// How a source is to be read.
struct ReadOptions {
    ReadOptions(ImportFormat wanted = ImportFormat::Auto)
        : format(wanted) {}  // NOLINT(google-explicit-constructor)

    ImportFormat format;  ///< Auto: by content
    /// For CSV: Auto takes the first of these that fits a header that no format of ours has;
    /// MappedCsv takes the first, whatever it has.
    std::span<const CsvMapping> mappings = {};
    /// What the other documents of the import say; null: only the source itself is asked.
    const PrestashopContext* prestashop = nullptr;
    /// Importers say what would become of the orders and keep nothing. Orders that stand in several
    /// places of a large file may be counted at each. Default false.
    bool is_trial = false;
};

/// What reading a source through came to.
struct ReadOrders {
    ImportFormat format = ImportFormat::Auto;  ///< the one found
    std::size_t rows = 0;                      ///< records, or orders in a document
};

/// Finds the format by content, unless it is given, and hands the orders to the sink.
/// FormatInvalid when it is no order export that we know, with what it has; the sink has seen no
/// order then. FileUnreadable, FileUnwritable (temporary files).
Result<ReadOrders> read_orders(ByteSource& source, const ReadOptions& options, OrderSink& sink);

}  // namespace verso::records

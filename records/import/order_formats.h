// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "records/import/byte_source.h"
#include "records/import/order_sink.h"

namespace verso::records {

/// What reading a source through came to.
struct ReadOrders {
    ImportFormat format = ImportFormat::Auto;  ///< the one found
    std::size_t rows = 0;                      ///< records, or orders in a document
};

/// Finds the format by content, unless it is given, and hands the orders to the sink.
/// FormatInvalid when it is no order export that we know, with what it has; the sink has seen no
/// order then. FileUnreadable, FileUnwritable (temporary files).
Result<ReadOrders> read_orders(ByteSource& source, ImportFormat format, OrderSink& sink);

}  // namespace verso::records

// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/util/result.h"
#include "records/import/byte_source.h"
#include "records/import/order_sink.h"
#include "records/import/prestashop_context.h"

namespace verso::records {

// Orders of PrestaShop's webservice (/api/orders?display=full, or one), XML. What an order only
// names by number comes from other documents of the same import: PrestashopContext.

/// Whether the source begins as an XML document does. FileUnreadable.
Result<bool> is_xml(ByteSource& source);

/// Adds the documents of a source; one that breaks gives what stood before. FileUnreadable.
Result<void> gather_prestashop(ByteSource& source, PrestashopContext& context);

/// Reads the orders of a source, one at a time. Gives how many there were. Where the XML breaks,
/// what came before stands, and the rest is refused. FormatInvalid when it is XML of something else
/// or breaks at once; FileUnreadable.
Result<std::size_t> read_prestashop_orders(ByteSource& source, const PrestashopContext& context,
                                           OrderSink& sink);

}  // namespace verso::records

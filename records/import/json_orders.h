// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <optional>
#include <set>
#include <string>

#include "core/util/result.h"
#include "records/import/byte_source.h"
#include "records/import/json_fields.h"
#include "records/import/order_sink.h"
#include "records/import/text_source.h"

namespace verso::records {

/// How the orders of a JSON text stand in it.
struct JsonShape {
    ImportFormat format = ImportFormat::Auto;
    std::string envelope;  ///< the key of the document under which the orders are; mostly empty
    bool lines = false;    ///< one value a line
};

/// Looks at the keys of the first megabyte. FormatInvalid when it has no orders that we know, with
/// the keys that it has. FileUnreadable.
Result<JsonShape> find_json_shape(ByteSource& source, TextEncoding encoding);

/// Reads the orders of a text of any size, one at a time. Gives how many there were. A broken order
/// is refused, and the next one looked for. FileUnreadable.
Result<std::size_t> read_json_orders(ByteSource& source, TextEncoding encoding,
                                     const JsonShape& shape, OrderSink& sink);

/// Turns one document into an order; what is wrong is refused at the fields.
using JsonOrderReader = Order (*)(JsonFields& fields);

}  // namespace verso::records

// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <filesystem>
#include <string_view>

#include "core/util/result.h"
#include "records/import/byte_source.h"
#include "records/import/import_report.h"
#include "records/import/order_formats.h"
#include "records/store/store.h"

namespace verso::records {

/// Takes the orders of a source, some thousand in one transaction each, while a thread of its own
/// reads on; good orders are kept, bad ones are in the report. `name` is for messages.
/// FormatInvalid when it is not an order export: the message names the columns missed and those
/// found; nothing was kept. FileUnreadable and DatabaseFailed may come in the middle: the message
/// says how many orders were kept before, and importing again goes on with the rest.
Result<ImportReport> import_orders(Store& store, ShopId shop, ByteSource& source,
                                   std::string_view name, const ReadOptions& options,
                                   const Clock& clock);

/// The same for bytes in memory.
Result<ImportReport> import_orders(Store& store, ShopId shop, std::string_view bytes,
                                   std::string_view name, const ReadOptions& options,
                                   const Clock& clock);

/// The same for a file: also NotFound.
Result<ImportReport> import_order_file(Store& store, ShopId shop, const std::filesystem::path& file,
                                       const ReadOptions& options, const Clock& clock);

}  // namespace verso::records

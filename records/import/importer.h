// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstddef>
#include <filesystem>
#include <string>
#include <string_view>
#include <vector>

#include "core/util/result.h"
#include "records/store/store.h"

namespace verso::records {

enum class ImportFormat { Auto, NeutralCsv, ShopifyCsv };
/// "auto", "verso-csv", "shopify-csv".
std::string_view to_string(ImportFormat format);
/// ValueInvalid names the known ones.
Result<ImportFormat> parse_import_format(std::string_view text);

/// A row that was not taken. An order with one bad row is rejected whole: its other rows are
/// reported too, with the line of the bad one in the reason.
struct RejectedRow {
    std::size_t line = 0;  ///< of the file, from 1, where the row begins
    std::string order;     ///< empty when the row does not say
    std::string column;    ///< empty when about the whole row
    std::string reason;    ///< one sentence
};

struct ImportReport {
    ImportFormat format = ImportFormat::Auto;  ///< the one found
    std::size_t orders_new = 0, orders_changed = 0, orders_unchanged = 0, orders_rejected = 0;
    std::size_t rows = 0;               ///< records below the header
    std::size_t lines = 0;              ///< order lines in the orders that were taken
    std::vector<RejectedRow> rejected;  ///< by line
    std::vector<std::string> remarks;   ///< what was assumed: "read as Windows-1252, …"
};

/// Takes the orders in a file's bytes, in one transaction; good orders are kept, bad ones are in
/// the report. `name` is for messages. FormatInvalid when it is not an order export: the message
/// names the columns missed and those found. DatabaseFailed: nothing of the file was kept.
Result<ImportReport> import_orders(Store& store, ShopId shop, std::string_view bytes,
                                   std::string_view name, ImportFormat format, const Clock& clock);

/// The same for a file: also NotFound, FileUnreadable, LimitExceeded (beyond 1 GiB).
Result<ImportReport> import_order_file(Store& store, ShopId shop, const std::filesystem::path& file,
                                       ImportFormat format, const Clock& clock);

}  // namespace verso::records

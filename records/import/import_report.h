// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstddef>
#include <string>
#include <string_view>
#include <vector>

#include "core/domain/ids.h"
#include "core/util/result.h"

namespace verso::records {

enum class ImportFormat {
    Auto,
    NeutralCsv,
    ShopifyCsv,
    NeutralJson,
    ShopifyJson,
    WooCommerceJson,
    MagentoJson,
    PrestashopXml,
    WooCommerceCsv,
    PrestashopCsv,
    MagentoCsv,
    MappedCsv,
};
/// "auto", "verso-csv", "shopify-csv", "verso-json" ...
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

/// Refused rows, of which a bounded number is kept: those with the lowest lines.
class RejectedRows {
  public:
    static constexpr std::size_t kMostKept = 1000;

    void add(RejectedRow row);
    void add_all(const RejectedRows& others);
    /// All that were added.
    std::size_t count() const { return count_; }
    /// The kept ones, by line.
    std::vector<RejectedRow> sorted() const;

  private:
    std::vector<RejectedRow> kept_;  ///< a heap, the highest line on top
    std::size_t count_ = 0;
};

/// An order that stays another than the export says, because somebody changed it here
/// (lifecycle/import_merge.h).
struct KeptOrder {
    OrderNumber number;
    std::string what;  ///< "status cancelled instead of open"
};

struct ImportReport {
    static constexpr std::size_t kMostKeptTold = 100;

    ImportFormat format = ImportFormat::Auto;  ///< the one found
    std::size_t orders_new = 0, orders_changed = 0, orders_unchanged = 0, orders_rejected = 0;
    std::size_t orders_kept = 0;        ///< of those, how many stay another than the export says
    std::vector<KeptOrder> kept;        ///< the first hundred of them
    std::size_t rows = 0;               ///< records below the header, or orders in a document
    std::size_t lines = 0;              ///< order lines in the orders that were taken
    std::size_t rows_rejected = 0;      ///< all of them
    std::vector<RejectedRow> rejected;  ///< by line; the first thousand
    std::vector<std::string> remarks;   ///< what was assumed: "read as Windows-1252, …"
};

}  // namespace verso::records

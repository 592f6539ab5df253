// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string>
#include <vector>

#include "core/domain/ids.h"
#include "core/util/result.h"
#include "records/store/store.h"

namespace verso::service {

/// One export as a file.
struct MadeExport {
    std::string name;  ///< "ratings.csv"
    std::string type;  ///< media type
    std::string text;
    std::string cursor;  ///< where the next one goes on; empty for whole feeds
};

/// Exports as the desk needs them. Thread-safe; a call may take seconds.
class ExportWorks {
  public:
    virtual ~ExportWorks() = default;
    /// "ratings", "judgeme" …
    virtual std::vector<std::string> kinds() = 0;
    /// `format`: "csv" or "jsonl", for the merchant's own tables; `since`: a cursor, or empty.
    /// ValueInvalid.
    virtual Result<MadeExport> make(records::Store& store, ShopId shop, const std::string& kind,
                                    const std::string& format, const std::string& since) = 0;
};

}  // namespace verso::service

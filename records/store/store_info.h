// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string>

#include "core/util/result.h"

namespace verso::records {

/// What a store's database is.
struct StoreInfo {
    std::string database;  ///< "SQLite" or "PostgreSQL"
    std::string version;   ///< of the database's own program, as it says it
    std::string place;     ///< path, or URL without its password
    int schema = 0;        ///< the last step taken (schema.h)
    long long bytes = 0;   ///< of the whole database on its disk, a WAL not counted
};

/// Asks a store that exists. Changes nothing, not even its schema. DatabaseFailed; HomeInvalid when
/// there is no database of ours.
Result<StoreInfo> look_at_store(const std::string& place);

}  // namespace verso::records

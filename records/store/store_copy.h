// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <functional>
#include <string>
#include <string_view>
#include <vector>

#include "core/util/result.h"

namespace verso::records {

/// One table that was copied and compared.
struct CopiedTable {
    std::string name;
    long long rows = 0;
    std::string sha256;  ///< over all rows in the order of the key, the same on both sides
};

/// Told now and then while rows are copied: the table and how many of its rows are across.
using CopyProgress = std::function<void(std::string_view table, long long rows)>;

/// Copies every row of one store into another, whichever databases they are, with its ids. The
/// target is made when it is not there, and must hold nothing but an empty schema (AlreadyExists
/// otherwise). It is filled, read again and compared in one transaction: what breaks off leaves it
/// empty. The source is read in one transaction, as it was at its beginning; what others write
/// there meanwhile is not copied. Places are those of open_store().
///
/// DatabaseFailed, also when a row did not arrive as it left; HomeInvalid, Usage for the same place
/// twice.
Result<std::vector<CopiedTable>> copy_store(const std::string& from, const std::string& to,
                                            const CopyProgress& progress = {});

}  // namespace verso::records

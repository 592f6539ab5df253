// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <functional>
#include <optional>
#include <string>
#include <string_view>

#include "core/util/result.h"
#include "records/import/scratch_file.h"

namespace verso::records {

/// Rows of a file that must wait until the last row of their order was seen, sorted into shares so
/// that all rows of one order are in one share. A share that grows goes to the disk. Not
/// thread-safe.
class HeldRows {
  public:
    /// `text` is the row as it stands in the file, `line` its line. FileUnwritable.
    Result<void> add(std::uint64_t key, std::size_t line, std::string_view text);
    bool empty() const { return rows_ == 0; }

    using Visit = std::function<void(std::size_t line, std::string_view text)>;
    /// Shows all rows, share by share, each in the order of the file; `end_of_share` after each
    /// share that has any. FileUnreadable.
    Result<void> visit(const Visit& row, const std::function<Result<void>()>& end_of_share);

  private:
    struct Share {
        std::string memory;
        std::optional<ScratchFile> disk;
    };
    static constexpr std::size_t kShares = 256, kMostInMemory = 64 * 1024;

    std::array<Share, kShares> shares_;
    std::size_t rows_ = 0;
};

}  // namespace verso::records

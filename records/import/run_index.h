// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstddef>
#include <cstdint>
#include <optional>
#include <string_view>
#include <vector>

#include "core/util/result.h"
#include "records/import/scratch_file.h"

namespace verso::records {

/// Which keys come in more than one run of a sequence, found in memory that does not grow: eight
/// bytes for each run, sorted in pieces, the pieces on the disk. Two keys with one hash (64 bits)
/// may be taken for one, which costs time and nothing else. Not thread-safe.
class RunIndex {
  public:
    /// `piece`: how many runs are kept in memory before they go to the disk.
    explicit RunIndex(std::size_t piece = std::size_t{1} << 22) : piece_(piece) {}

    static std::uint64_t hash(std::string_view key);
    /// The next element's key. FileUnwritable when the disk is full.
    Result<void> add(std::uint64_t key);
    /// To be called once, after the last add(). FileUnwritable, FileUnreadable.
    Result<void> finish();
    /// Whether the key comes in more than one run. Requires: finish().
    bool is_repeated(std::uint64_t key) const;
    std::size_t repeated() const { return repeated_.size(); }

  private:
    Result<void> spill();
    Result<void> merge();

    std::size_t piece_;
    std::optional<std::uint64_t> last_;
    std::vector<std::uint64_t> runs_;
    std::optional<ScratchFile> spilled_;
    std::vector<std::uint64_t> spilled_sizes_;  ///< in keys, of each sorted piece
    std::vector<std::uint64_t> repeated_;       ///< sorted
};

}  // namespace verso::records

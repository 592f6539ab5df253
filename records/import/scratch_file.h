// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <span>
#include <string_view>

#include "core/util/result.h"

namespace verso::records {

/// Room on the disk for what an import cannot keep in memory. It has no name and is gone when this
/// is, also when the program is killed. In $TMPDIR, else /var/tmp.
class ScratchFile {
  public:
    /// FileUnwritable.
    static Result<ScratchFile> make();
    ScratchFile(ScratchFile&& other) noexcept;
    ScratchFile& operator=(ScratchFile&& other) noexcept;
    ScratchFile(const ScratchFile&) = delete;
    ScratchFile& operator=(const ScratchFile&) = delete;
    ~ScratchFile();

    /// FileUnwritable when the disk is full.
    Result<void> append(std::string_view bytes);
    std::uint64_t size() const { return size_; }
    /// What stands at `at`, as much as there is and fits; 0 at the end only. FileUnreadable.
    Result<std::size_t> read(std::uint64_t at, std::span<char> to);

  private:
    explicit ScratchFile(int file) : file_(file) {}
    int file_ = -1;
    std::uint64_t size_ = 0;
};

}  // namespace verso::records

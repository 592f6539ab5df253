// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstddef>
#include <filesystem>
#include <memory>
#include <span>
#include <string_view>

#include "core/util/result.h"

namespace verso::records {

/// Bytes from outside, read from the beginning as often as wanted, a piece at a time. Not
/// thread-safe, but may be handed to another thread.
class ByteSource {
  public:
    virtual ~ByteSource() = default;
    /// Fills the beginning of `to`; 0 at the end only. FileUnreadable.
    virtual Result<std::size_t> read(std::span<char> to) = 0;
    /// The next read begins at the first byte again. FileUnreadable.
    virtual Result<void> rewind() = 0;
    /// False when what was read is no longer what is there: somebody wrote to the file meanwhile.
    virtual bool unchanged() = 0;
};

/// Bytes in memory; they must outlive the source.
std::unique_ptr<ByteSource> memory_source(std::string_view bytes);

/// A file. What cannot be read twice (a pipe, a terminal) is copied into a temporary file first.
/// NotFound; FileUnreadable, for folders as well; FileUnwritable when there is no room for the
/// copy.
Result<std::unique_ptr<ByteSource>> file_source(const std::filesystem::path& file);

/// Reads until `to` is full or the source has ended; how much there was.
Result<std::size_t> read_fully(ByteSource& source, std::span<char> to);

}  // namespace verso::records

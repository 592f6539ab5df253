// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <filesystem>
#include <string>
#include <string_view>

#include "core/util/result.h"

namespace verso::app {

/// Who may read a new file: everyone the umask lets, or the owner alone.
enum class FileMode { Shared, Private };

/// Writes a whole file by way of a temporary one beside it and a rename: what stands at `path` is
/// the old or the new, never half of it, also after a power cut. FileUnwritable.
Result<void> write_file(const std::filesystem::path& path, std::string_view bytes, FileMode mode);

/// The bytes of a file. NotFound, FileUnreadable, LimitExceeded beyond `limit` bytes.
Result<std::string> read_file(const std::filesystem::path& path, std::uint64_t limit);

}  // namespace verso::app

// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string>
#include <string_view>

#include "core/util/result.h"

namespace verso::generator {

/// Writes a whole file: to a temporary one in the same folder, flushed to the disk, then renamed.
/// `path` holds the old bytes or the new ones, never half; on failure nothing is left behind.
/// Errors: FileUnwritable.
Result<void> write_durably(const std::string& path, std::string_view bytes);

}  // namespace verso::generator

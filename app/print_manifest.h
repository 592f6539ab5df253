// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <filesystem>
#include <string>

#include "app/print_request.h"

namespace verso::app {

/// One line of docs/formats/manifest.md, without its end. With `link` it holds the card's secret.
std::string manifest_line(const FinishedInsert& insert, bool with_link);

/// Cuts the file to `start` bytes and puts the text behind, durably; makes the file, readable by
/// its owner alone, when it is not there. FileUnwritable.
Result<void> append_manifest(const std::filesystem::path& file, std::uint64_t start,
                             std::string_view text);

}  // namespace verso::app

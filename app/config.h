// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <filesystem>
#include <string>
#include <string_view>
#include <vector>

#include "core/domain/shop.h"
#include "core/util/result.h"

namespace verso::app {

/// What verso.toml says. docs/operating.md lists the keys.
struct Config {
    Shop shop;
    std::vector<std::string> warnings;  ///< one sentence each: keys that mean nothing to us
};

/// Reads the text of a verso.toml; `name` stands in messages. FormatInvalid with line and column
/// when it is not TOML; ValueInvalid with line and key for a value that cannot be meant.
Result<Config> parse_config(std::string_view text, const std::string& name);

/// The same from a file: also NotFound, FileUnreadable.
Result<Config> load_config(const std::filesystem::path& path);

/// A verso.toml for this shop, with a comment on each key. parse_config gives the shop back.
std::string format_config(const Shop& shop);

}  // namespace verso::app

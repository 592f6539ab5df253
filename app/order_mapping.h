// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "app/home.h"
#include "core/util/result.h"
#include "records/import/csv_mapping.h"

namespace verso::app {

/// Reads the text of a mapping, docs/formats/mapping.md. FormatInvalid with line and column when it
/// is not TOML; ValueInvalid for keys and values that cannot be meant.
Result<records::CsvMapping> parse_mapping(std::string_view text, const std::string& path);
/// The text of a mapping, for people to edit. parse_mapping gives it back.
std::string format_mapping(const records::CsvMapping& mapping,
                           const std::vector<std::string>& questions);

/// Keeps it as home/mappings/NAME.toml. ValueInvalid for a name that is no file name;
/// FileUnwritable.
Result<std::string> save_mapping(const Home& home, const records::CsvMapping& mapping,
                                 const std::vector<std::string>& questions);
/// One of the home's by its name: NotFound names those that there are.
Result<records::CsvMapping> load_mapping(const Home& home, const std::string& name);
/// All of the home's, by name. One that cannot be read is an error.
Result<std::vector<records::CsvMapping>> load_mappings(const Home& home);

}  // namespace verso::app

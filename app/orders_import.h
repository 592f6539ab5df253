// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <filesystem>
#include <string>
#include <vector>

#include "app/command.h"
#include "app/wiring.h"
#include "records/import/import_report.h"

namespace verso::app {

struct ImportOptions {
    std::vector<std::string> files;
    std::string format = "auto";
    std::string mapping;    ///< of the home, by name; empty: none is named
    bool is_trial = false;  ///< say what would happen and keep nothing
};
/// Each file on its own: one that cannot be read does not stop the others.
Result<ExitCode> import_files(const ImportOptions& options, Call& call);

/// One file of the opened shop, its format found by its content, with the home's own mappings. What
/// import_order_file() says.
Result<records::ImportReport> import_one(OpenHome& home, const std::filesystem::path& file,
                                         bool is_trial);
/// A report as `verso orders import --json` tells it.
std::string import_json(const std::string& file, const records::ImportReport& report);

struct MapOptions {
    std::string file, save;
};
/// Proposes which column of a CSV is what, shows its first orders, and keeps the proposal.
Result<ExitCode> map_file(const MapOptions& options, Call& call);

}  // namespace verso::app

// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string>
#include <vector>

#include "app/command.h"

namespace verso::app {

struct ImportOptions {
    std::vector<std::string> files;
    std::string format = "auto";
    std::string mapping;  ///< of the home, by name; empty: none is named
};
/// Each file on its own: one that cannot be read does not stop the others.
Result<ExitCode> import_files(const ImportOptions& options, Call& call);

struct MapOptions {
    std::string file, save;
};
/// Proposes which column of a CSV is what, shows its first orders, and keeps the proposal.
Result<ExitCode> map_file(const MapOptions& options, Call& call);

}  // namespace verso::app

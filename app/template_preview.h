// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <filesystem>
#include <string>
#include <vector>

#include "app/command.h"

namespace verso::app {

/// What to look at, and how.
struct PreviewRequest {
    std::string template_name;
    std::vector<std::string> orders;     ///< real ones of the home; empty: invented ones
    std::vector<std::string> languages;  ///< of the invented orders; empty: the shop's
    std::filesystem::path pdf;
    bool png = false;    ///< a picture of each page beside the PDF: NAME-1.png …
    bool watch = false;  ///< again whenever a file of the templates or verso.toml changes
};

/// Sets orders with a template as it stands and writes them for a person to look at. Records
/// nothing; the cards on it belong to no order. With `watch` it ends only when it is interrupted.
Result<ExitCode> preview_template(const PreviewRequest& request, Call& call);

}  // namespace verso::app

// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string>
#include <vector>

#include "records/figures/figures.h"

namespace verso::app {

/// The lines of `verso stats --json`: docs/formats/figures.md. Hidden groups have their counts of
/// cards and no answers.
std::vector<std::string> figures_json(const records::Figures& figures,
                                      const records::FiguresOptions& options, double alert_below);

}  // namespace verso::app

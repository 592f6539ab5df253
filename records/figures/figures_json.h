// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string>
#include <vector>

#include "records/figures/figures.h"

namespace verso::records {

/// The lines of `verso stats --json`: docs/formats/figures.md. Hidden groups have their counts of
/// cards and no answers.
std::vector<std::string> figures_json(const Figures& figures, const FiguresOptions& options,
                                      double alert_below);

}  // namespace verso::records

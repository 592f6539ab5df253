// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string>
#include <vector>

#include "app/output.h"
#include "records/figures/figures.h"

namespace verso::app {

/// How figures are shown to a person.
struct StatsStyle {
    bool blocks = false;      ///< UTF-8 block characters; else ASCII. Default: ASCII
    double alert_below = -1;  ///< marks groups whose lower bound of happy buyers, in percent, is
                              ///< below. Default: marks none
};

/// Whether the results go to a terminal that shows UTF-8: LC_ALL, LC_CTYPE or LANG say so.
bool terminal_shows_blocks();

/// A bar for `share` (0 to 1) of `width` columns, always as wide.
std::string bar(double share, int width, const StatsStyle& style);
/// One character for each value between `low` and `high`; a space for a week without one.
std::string sparkline(const std::vector<std::optional<double>>& values, double low, double high,
                      const StatsStyle& style);

/// Tables and charts for a person, JSON lines for a program: one object for the whole, one for each
/// group, one for each week.
void show_figures(const records::Figures& figures, const records::FiguresOptions& options,
                  const StatsStyle& style, Output& out);

}  // namespace verso::app

// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string>
#include <vector>

#include "generator/template/catalogue.h"
#include "records/figures/figures.h"
#include "service/pages/page_data.h"

namespace verso::service {

// Figures as the desk shows them: no score without its interval and its denominator. Pure.

/// "4,31" and "1 204" as the language writes them.
std::string number_text(const generator::Language& language, double value, int decimals);
std::string count_text(const generator::Language& language, std::int64_t value);

/// Adds the score, its bars, the counts, questions, groups and the trend to a page's data.
void add_figures(const generator::Language& language, const records::Figures& figures,
                 const records::FiguresOptions& options, PageData& data);

/// The weekly mean as a picture (SVG) with its interval around it; empty with fewer than two weeks
/// that have one. `label` is read out in its place.
std::string trend_picture(const std::vector<records::WeekFigures>& weeks, const std::string& label);

}  // namespace verso::service

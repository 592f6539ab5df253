// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <array>
#include <optional>
#include <string_view>

#include "scanner/lab/answer_sheet.h"
#include "scanner/lab/pen.h"

namespace verso::scanner::lab {

/// How often each of pens() is taken; the sum need not be 1.
using PenMix = std::array<double, 7>;

/// A kind of customers: their marks, their pens and their slips.
struct StyleSet {
    StyleMix marks;
    PenMix pens;
    AnswerOptions answers;
};

/// Fills with dark pens.
StyleSet filled_styles();
/// Fills, ticks, crosses, scribbles and loops with the usual pens: usual_styles().
StyleSet mixed_styles();
/// Ticks, slashes, circles, faint pens, one card in ten with a correction, one in twenty with a
/// dot.
StyleSet hard_styles();
/// Every card has one answer struck out and another marked.
StyleSet corrected_styles();

/// "filled", "mixed" ("usual"), "hard", "corrected"; or the name of a style or a pen alone with the
/// rest as in mixed_styles(). Nothing when there is no such name.
std::optional<StyleSet> find_styles(std::string_view name);

/// A pen of the set, varied.
Pen take_pen(const StyleSet& set, Rng& rng);

}  // namespace verso::scanner::lab

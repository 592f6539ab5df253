// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "generator/fonts/font_book.h"
#include "generator/template/template_model.h"

namespace verso::generator {

/// Width of a line with its letter spacing.
Mm width_of(const FontBook& fonts, const TextStyle& style, std::string_view text);

/// One line made to fit its place.
struct FittedLine {
    std::string text;
    Pt size;
    Mm width;
    bool at_least = false;  ///< could shrink no further and lost its end
    bool fits = true;       ///< false: does not fit and may not be changed (Fit::Error)
};
FittedLine fit_line(const FontBook& fonts, const TextPlace& place, std::string text);

/// The mark of a fitted line, aligned in its place.
TextMark mark_of(const TextPlace& place, FittedLine line);

/// A text broken into lines that fit their place together.
struct FittedParagraph {
    std::vector<std::string> lines;
    Pt size;           ///< of all lines
    bool cut = false;  ///< could shrink no further and lost its end
    bool fits = true;  ///< false: does not fit and may not be changed (Fit::Error)
};
/// At most `most_lines` lines: first broken, then smaller down to the place's least size, then cut.
FittedParagraph fit_paragraph(const FontBook& fonts, const TextPlace& place, std::string_view text,
                              int most_lines);

/// The text in lines no wider than the place, broken at spaces (never at no-break spaces) and after
/// hyphens; a longer word stands alone. A line feed in the text always breaks.
std::vector<std::string> wrap(const FontBook& fonts, const TextStyle& style, Mm width,
                              std::string_view text);

}  // namespace verso::generator

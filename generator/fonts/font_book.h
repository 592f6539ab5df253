// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "core/page/draw_list.h"
#include "core/util/result.h"

namespace verso::generator {

/// Glyph number in a prepared font file.
using GlyphId = std::uint16_t;

/// The two faces that everything is set in, with their real metrics. Loaded once, then immutable
/// and shared by threads.
class FontBook {
  public:
    /// Loads the prepared fonts (Regular and Bold; see prepare_fonts.cpp) from a folder.
    /// Errors: NotFound, FormatInvalid.
    static Result<std::shared_ptr<const FontBook>> load(const std::string& folder);
    ~FontBook();

    /// Advance width of a line of UTF-8 at a size; characters not covered count as nothing.
    Mm measure(FontFace which, Pt size, std::string_view text) const;
    /// The first character (as UTF-8) that the face does not cover, or that is not valid UTF-8;
    /// nothing when all can be printed.
    std::optional<std::string> first_uncovered(FontFace which, std::string_view text) const;
    /// Height of "H" and of the ascender above the baseline, and of the descender below (positive).
    Mm cap_height(FontFace which, Pt size) const;
    Mm ascender(FontFace which, Pt size) const;
    Mm descender(FontFace which, Pt size) const;

    struct Face;  ///< glyph tables and font bytes, for the PDF writer alone
    const Face& face(FontFace which) const;

  private:
    FontBook();
    std::unique_ptr<Face> regular_, bold_;
};

}  // namespace verso::generator

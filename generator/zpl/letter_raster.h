// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <memory>
#include <optional>
#include <string>

#include "core/page/draw_list.h"
#include "core/util/result.h"
#include "generator/fonts/font_book.h"
#include "generator/zpl/dot_bitmap.h"

namespace verso::generator {

/// A line of type in dots, upright, and where its baseline begins in it.
struct LetteredLine {
    DotBitmap dots;
    int origin_x = 0, origin_y = 0;  ///< the corner of dots that the baseline's left end touches
};

/// Draws lines in our own fonts, each letter fitted to the dots so that stems are of one width,
/// each placed where the layout measured it, to half a dot. Belongs to one thread; the fonts must
/// outlive it.
class LetterRaster {
  public:
    LetterRaster(const FontBook& fonts, DotScale scale);
    ~LetterRaster();

    /// The line without its turn. TextUnprintable names a character that the face lacks; Internal
    /// when FreeType refuses our font.
    Result<LetteredLine> line(const TextMark& mark);

  private:
    class Library;
    const FontBook& fonts_;
    DotScale scale_;
    std::unique_ptr<Library> library_;
};

}  // namespace verso::generator

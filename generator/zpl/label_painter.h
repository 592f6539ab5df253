// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string>

#include "core/page/draw_list.h"
#include "core/util/result.h"
#include "generator/zpl/dot_bitmap.h"
#include "generator/zpl/letter_raster.h"
#include "generator/zpl/zpl_writer.h"

namespace verso::generator {

/// Turns the marks of one page into ZPL fields, one after another. It keeps what is black so far,
/// so that white marks can take ink away exactly where there is some (a printer only adds dots, or
/// turns them over). Made for one page; one thread; fonts and letters must outlive it.
class LabelPainter {
  public:
    LabelPainter(const FontBook& fonts, DotScale scale, const DrawList& page,
                 const ZplOptions& options, LetterRaster& letters);

    Result<void> paint(const Mark& mark);
    const std::string& fields() const { return out_; }
    int width() const { return paper_.width(); }
    int height() const { return paper_.height(); }

  private:
    Result<void> draw(const FillMark& mark);
    Result<void> draw(const LineMark& mark);
    Result<void> draw(const OutlineMark& mark);
    Result<void> draw(const ModulesMark& mark);
    Result<void> draw(const TextMark& mark);
    Result<void> draw(const PictureMark& mark);

    /// A filled rectangle in black or white by ^GB.
    void add_box(DotBox box, bool black);
    /// An upright line, whole or in dashes.
    void add_line(const LineMark& mark, bool black);
    /// Notes ink that a command draws. Requires: the place is on the page.
    void keep(const DotBitmap& dots, int x, int y);
    /// The bitmap with its top left at a place of the page; clipped to the page.
    void add_bitmap(const DotBitmap& bitmap, int x, int y, bool black);
    bool add_printer_text(const TextMark& mark, double per_mm);

    const FontBook& fonts_;
    DotScale scale_;
    bool printer_font_;
    bool keep_code_size_;
    LetterRaster& letters_;
    DotBitmap paper_;
    std::string out_;
};

}  // namespace verso::generator

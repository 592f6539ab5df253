// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <memory>
#include <string>

#include "core/page/draw_list.h"
#include "core/util/result.h"
#include "generator/fonts/font_book.h"

namespace verso::generator {

struct ZplOptions {
    int dpi = 203;  ///< of the print head: 203, 300 or 600 (8, 11.8 or 23.6 dots a mm); default 203
    int darkness = 0;           ///< added to the printer's own setting by ^MD, -30 to 30; default 0
    bool printer_font = false;  ///< set plain text in the printer's font 0; default our own letters
};

/// Pages to ZPL II, one label a page, `^XA` to `^XZ`. Labels follow one another in a stream by
/// being put one behind the other. The same page gives the same bytes, always; order data cannot
/// leave its field; codes are drawn in whole dots. docs/formats/zpl.md tells how marks become dots.
/// A writer keeps the letters that it drew and belongs to one thread; the fonts are shared.
class ZplWriter {
  public:
    ZplWriter(std::shared_ptr<const FontBook> fonts, ZplOptions options);
    ~ZplWriter();
    ZplWriter(ZplWriter&&) noexcept;

    /// Errors: ValueInvalid (a resolution that no head has, a page too large, a module below its
    /// smallest size at this resolution, a picture that no label printer takes, each with its
    /// place), TextUnprintable (a character in no face), FormatInvalid (a picture that is no sound
    /// PNG).
    Result<std::string> label(const DrawList& page);

  private:
    struct Letters;
    std::shared_ptr<const FontBook> fonts_;
    ZplOptions options_;
    std::unique_ptr<Letters> letters_;  ///< made with the first label
};

/// One label by itself; see ZplWriter. Thread-safe.
Result<std::string> to_zpl(const DrawList& page, const FontBook& fonts, const ZplOptions& options);

}  // namespace verso::generator

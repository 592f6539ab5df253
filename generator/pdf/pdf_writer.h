// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <memory>
#include <string>

#include "core/page/draw_list.h"
#include "core/util/result.h"
#include "generator/fonts/font_book.h"
#include "generator/pdf/set_page.h"

namespace verso::generator {

struct PdfOptions {
    int deflate_level = 6;  ///< libdeflate level 0..12 of draw lists added; default 6
    std::string title;      ///< document title; default none
};

/// Draw lists to one PDF file. The same pages give the same bytes, always: no dates, no random ids.
/// One writer is one document and belongs to one thread; the fonts are shared.
class PdfWriter {
  public:
    PdfWriter(std::shared_ptr<const FontBook> fonts, PdfOptions options);
    ~PdfWriter();
    PdfWriter(PdfWriter&&) noexcept;

    /// Adds a page. TextUnprintable when a character is in no face; the page is then not added.
    /// ValueInvalid when a side is shorter than 2 mm or longer than 5 m.
    Result<void> add_page(const DrawList& page);
    /// Appends a page that set_page made with these fonts, perhaps in another thread: the order of
    /// the calls alone decides the file. Internal when the document takes no more.
    Result<void> add_page(SetPage&& page);
    int page_count() const;

    /// Ends the document. `finish` gives the bytes; `save` writes a temporary file beside `path`
    /// and renames it, so that a half-written PDF never stands there. FileUnwritable. Call one,
    /// once.
    Result<std::string> finish();
    Result<void> save(const std::string& path);

  private:
    class Document;
    std::unique_ptr<Document> document_;
};

}  // namespace verso::generator

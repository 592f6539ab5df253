// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "app/insert_setter.h"
#include "core/page/draw_list.h"
#include "generator/pdf/pdf_writer.h"

namespace verso::app {

/// One output file while it is made: a PDF, or labels for a label printer. One thread.
class PrintDocument {
  public:
    /// `dpi` is the label printer's, for Zpl. The press must outlive it.
    PrintDocument(const Press& press, const std::string& title, PrintFormat format, int dpi);

    /// Puts the pages of an insert behind the others and notes where they are in its record.
    /// Requires: it was not skipped.
    Result<void> add(SetInsert& insert);
    /// A page of its own, between inserts.
    Result<void> add_page(const DrawList& page);
    int pages() const { return pages_; }

    /// FileUnwritable. Call once.
    Result<void> save(const std::filesystem::path& path);

  private:
    const Press& press_;
    PrintFormat format_;
    int dpi_, pages_ = 0;
    generator::PdfWriter writer_;
    std::string zpl_;
};

}  // namespace verso::app

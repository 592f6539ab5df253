// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <functional>
#include <optional>

#include "app/print_document.h"
#include "app/print_intent.h"

namespace verso::app {

/// Where one file of a print goes. Paths are absolute.
struct FileTarget {
    std::filesystem::path file;
    std::filesystem::path manifest;  ///< empty: none
    /// Set: the manifest is shared by the files of a wave and this file's lines begin at this byte.
    std::optional<std::uint64_t> manifest_start;
    std::string reprint;  ///< why old cards are voided, in the caller's words
    PrintFormat format = PrintFormat::Pdf;
    int dpi = 203;       ///< for Zpl
    int verify_dpi = 0;  ///< a PDF is proved at this resolution; 0: it is not
    PaperTarget paper{};
};

/// One file of a print, from its first page until it has its name and its cards are recorded: the
/// steps of print_intent.h. One thread.
class PrintFile {
  public:
    PrintFile(const Press& press, const Shop& shop, FileTarget target);

    Result<void> add(SetInsert&& insert);
    Result<void> add_page(const DrawList& page) { return document_.add_page(page); }
    bool empty() const { return inserts_.empty(); }
    int pages() const { return document_.pages(); }
    const std::vector<FinishedInsert>& inserts() const { return inserts_; }

    /// Writes, records, gives the file its name. `also` is part of the transaction that records the
    /// cards. With verify_dpi the file is proved before: a difference is TemplateInvalid, and each
    /// is told on the tools' output. On an error nothing was recorded nor left behind, unless it
    /// says otherwise. Requires: not empty; the print's lock is held.
    Result<void> deliver(OpenHome& home, const PrintTools& tools, Instant now,
                         const std::function<Result<void>()>& also);
    /// Bytes of the manifest up to the end of this file's lines.
    std::uint64_t manifest_end() const { return manifest_end_; }

  private:
    Result<void> write(OpenHome& home, const PrintIntent& intent, const PrintTools& tools);
    Result<void> verify(const std::filesystem::path& pdf, Output& out) const;
    Result<void> write_manifest(const PrintIntent& intent);
    Result<void> commit(OpenHome& home, Instant now, const std::function<Result<void>()>& also);

    Result<void> put_into_spool(OpenHome& home, Instant now) const;

    FileTarget target_;
    PageSize page_;        ///< of the sheets
    int sheet_pages_ = 1;  ///< of one insert
    PrintDocument document_;
    std::vector<FinishedInsert> inserts_;
    std::vector<ExpectedPage> expected_;
    struct Void {
        CardId card;
        std::string reason;
    };
    std::vector<Void> voids_;
    std::uint64_t manifest_end_ = 0;
};

}  // namespace verso::app

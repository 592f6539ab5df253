// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "core/util/result.h"

namespace verso::printer {

/// What a document is made of: PDF pages, or labels in ZPL II.
enum class DocumentFormat { Pdf, Zpl };
/// The media type (RFC 6838): "application/pdf", "application/vnd.zebra-zpl".
std::string_view media_type(DocumentFormat format);

/// What a document needs of its printer.
struct PaperNeed {
    DocumentFormat format = DocumentFormat::Pdf;
    double width = 210, height = 297;  ///< mm, of a page or label
    bool both_sides = false;           ///< fronts and backs of the same sheets
    int dpi = 0;                       ///< that labels were made for; 0: any
};

/// One kind of paper that a printer knows.
struct Media {
    std::string name;              ///< PWG 5101.1: "iso_a4_210x297mm"; or the printer's own
    double width = 0, height = 0;  ///< mm
    std::string tray;              ///< media-source that holds it; empty when that is not told
};

/// What a printer says that it can do. An empty list says nothing, not that there is none.
struct Capabilities {
    std::string make;                  ///< "Test Label Printer"
    std::vector<std::string> formats;  ///< media types, lower case
    std::vector<Media> supported;      ///< could be put in
    std::vector<Media> ready;          ///< is loaded
    std::vector<int> dpi;
    std::vector<std::string> sides;  ///< "one-sided", "two-sided-long-edge", "two-sided-short-edge"
    std::vector<std::string> trays;  ///< media-source keywords
};

/// What a job asks its printer for. Empty: nothing is said, the printer's default stands.
struct PaperChoice {
    std::string media, tray, sides;
    /// The type that the printer lists and that carries the document: also
    /// "application/octet-stream" for ZPL where only that is listed.
    std::string format;
};

/// A pure decision: does the printer have what the document needs? Sizes agree within 1 mm, in
/// either orientation for PDF. `tray` is the one that a person set for this printer, empty for
/// any. PrinterFailed with what is loaded, what is needed and what to do: for a format, a size, a
/// tray or a resolution that it does not have. Paper that is supported but not loaded where the
/// printer says what is loaded is refused too.
Result<PaperChoice> choose_paper(const PaperNeed& need, const Capabilities& printer,
                                 const std::string& tray);

/// The size that a PWG 5101.1 self-describing media name tells; nothing when it tells none.
std::optional<Media> parse_media_name(std::string_view name);

}  // namespace verso::printer

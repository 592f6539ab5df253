// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstddef>
#include <string>
#include <string_view>

#include "core/util/result.h"

namespace verso::records {

// What programs do to a CSV file between one shop and another: marks at the start, other
// delimiters, other encodings, apostrophes before numbers. Pure.

/// The text of a file, in UTF-8.
class CsvText {
  public:
    /// Takes the bytes as they are (they must outlive this) unless they must be converted: bytes
    /// that are not UTF-8 are taken as Windows-1252. FormatInvalid for UTF-16 and for bytes 0,
    /// which no text has.
    static Result<CsvText> decode(std::string_view bytes);

    std::string_view text() const { return converted_.empty() ? given_ : converted_; }
    bool was_windows_1252() const { return !converted_.empty(); }

  private:
    std::string_view given_;
    std::string converted_;
};

/// How the records of a file are written.
struct CsvDialect {
    char delimiter = ',';
    std::size_t body = 0;  ///< where the header begins: behind a "sep=;" line, if there is one
    std::size_t first_line = 1;  ///< the line of the header
};

/// The delimiter is the one of , ; tab | that stands most often in the header, outside quotes.
CsvDialect sniff_dialect(std::string_view text);

/// Without blanks around it, and without the apostrophe that guards a number or a formula
/// ("'07140", "'+33 1"). The apostrophe of a name ("'t Hart") stays.
std::string_view unguarded(std::string_view value);

bool is_utf8(std::string_view bytes);

}  // namespace verso::records

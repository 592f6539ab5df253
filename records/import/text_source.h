// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstddef>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "core/util/result.h"
#include "records/import/byte_source.h"

namespace verso::records {

/// How the bytes of a text file are meant.
enum class TextEncoding {
    Utf8,
    DamagedUtf8,  ///< most of it is: single bytes are wrong, or the end is cut off
    Windows1252,  ///< everything else
};

/// Reads a source to its end and rewinds it. FormatInvalid for what is no text: UTF-16, a workbook,
/// bytes 0.
Result<TextEncoding> find_encoding(ByteSource& source);

/// A source as UTF-8 without the byte order mark, converted piece by piece.
class TextSource {
  public:
    /// Begins at the source's beginning; `source` must outlive this.
    static Result<TextSource> open(ByteSource& source, TextEncoding encoding);
    /// Adds the next piece, at most three times `about` bytes; false at the end, with nothing
    /// added. FileUnreadable.
    Result<bool> append_to(std::string& text, std::size_t about);

  private:
    TextSource(ByteSource& source, TextEncoding encoding) : source_(&source), encoding_(encoding) {}

    ByteSource* source_;
    TextEncoding encoding_;
    bool at_begin_ = true;
};

/// A text that is in memory whole, in UTF-8.
class CsvText {
  public:
    /// Takes the bytes as they are (they must outlive this) unless they must be converted: bytes
    /// that are not UTF-8 are taken as Windows-1252. FormatInvalid for what is no text.
    static Result<CsvText> decode(std::string_view bytes);

    std::string_view text() const { return converted_.empty() ? given_ : converted_; }
    bool was_windows_1252() const { return !converted_.empty(); }

  private:
    std::string_view given_;
    std::string converted_;
};

bool is_utf8(std::string_view bytes);
/// The bytes of Windows-1252 as UTF-8.
std::string from_windows_1252(std::string_view bytes);

}  // namespace verso::records

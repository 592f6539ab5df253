// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <deque>
#include <string>
#include <string_view>
#include <vector>

#include "records/import/csv_dialect.h"

namespace verso::records {

/// One record. Its fields are views into the text or into the reader, valid until the next call.
struct CsvRecord {
    std::vector<std::string_view> fields;
    std::size_t line = 0;    ///< where it begins, from 1
    std::string_view fault;  ///< one sentence when it is not well formed; then it is not to be used
    std::string_view text = {};  ///< as it stands in the file, with its line end
    bool has_controls = false;   ///< characters below blank, but for line ends and tabs
};

/// The longest value. Spreadsheets end at 32,767 characters, so a quoted value that is longer has
/// lost its closing mark; the limit also bounds what one stray mark costs.
inline constexpr std::size_t kLongestValue = 65536;

/// Reads records as RFC 4180 and reality write them: line ends LF, CRLF or CR, quoted values with
/// delimiters, doubled marks and line breaks in them, marks inside unquoted values, blank lines. A
/// record whose quotation never ends is given with a fault, and reading goes on in the line after
/// the one where it began. Never fails otherwise, whatever the bytes. Not thread-safe.
class CsvReader {
  public:
    /// `text` must outlive the reader.
    CsvReader(std::string_view text, const CsvDialect& dialect);

    /// The next record that is not blank; false at the end.
    bool next(CsvRecord& record) { return advance(record) == Step::Record; }

    // For a text that comes in pieces: see csv_stream.h.
    enum class Step { Record, End, More };
    /// As next(), but More when the record may go on behind the end of an open text; it begins at
    /// position() then, and is read again once continue_with() has brought more.
    Step advance(CsvRecord& record);
    /// Whether more text will come; false at first.
    void set_open(bool open) { open_ = open; }
    /// A text that begins with what stood at position().
    void continue_with(std::string_view text);
    std::size_t position() const { return at_; }
    std::size_t line() const { return line_; }

  private:
    /// Reads one record from at_; false when its quotation does not end.
    bool read_record(CsvRecord& record);
    void read_plain(CsvRecord& record);
    bool read_quoted(CsvRecord& record);
    void unescape(CsvRecord& record, std::string_view inside);
    bool at_line_end() const;
    void skip_line_end();
    void skip_line();

    std::string_view text_;
    char delimiter_;
    std::array<std::uint8_t, 256> classes_{};  ///< of bytes: what ends a plain value, what is odd
    bool open_ = false;
    bool short_ = false;  ///< the record met the end of an open text
    std::size_t at_, line_;
    std::deque<std::string>
        unescaped_;  ///< values that had doubled marks; a deque keeps them still
};

}  // namespace verso::records

// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstddef>
#include <string>
#include <string_view>

#include "core/util/result.h"
#include "records/import/text_source.h"

namespace verso::records {

/// The lines of a text of any size, of which never more than one line is in memory. Not
/// thread-safe.
class TextLines {
  public:
    /// A line longer than `longest` bytes is given cut, with is_cut().
    static Result<TextLines> open(ByteSource& source, TextEncoding encoding, std::size_t longest);

    /// The next line that is not blank, without its end, valid until the next call; false at the
    /// end. FileUnreadable.
    Result<bool> next(std::string_view& line);
    std::size_t number() const { return number_; }  ///< of that line, from 1
    bool is_cut() const { return is_cut_; }

  private:
    TextLines(TextSource text, std::size_t longest) : text_(text), longest_(longest) {}
    Result<bool> read_line(std::string_view& line);
    Result<void> refill();

    TextSource text_;
    std::size_t longest_;
    std::string window_;
    std::size_t at_ = 0, number_ = 0;
    bool ended_ = false, is_cut_ = false;
};

}  // namespace verso::records

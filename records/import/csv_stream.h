// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string>

#include "core/util/result.h"
#include "records/import/csv_reader.h"
#include "records/import/text_source.h"

namespace verso::records {

/// The records of a text of any size, of which never more than a window is in memory. Not
/// thread-safe.
class CsvStream {
  public:
    /// Finds the dialect and begins at the header. FileUnreadable.
    static Result<CsvStream> open(ByteSource& source, TextEncoding encoding);

    /// As CsvReader::next(); the record is valid until the next call. A record longer than 8 MiB
    /// is given with a fault, and reading goes on in the line behind it. FileUnreadable.
    Result<bool> next(CsvRecord& record);
    const CsvDialect& dialect() const { return dialect_; }

  private:
    CsvStream(TextSource text, bool check_utf8) : text_(text), check_utf8_(check_utf8) {}
    Result<void> refill();

    TextSource text_;
    bool check_utf8_;
    bool ended_ = false;
    bool discarding_ = false;  ///< inside of a row that was too long
    std::string window_;
    CsvDialect dialect_;
    CsvReader reader_{"", CsvDialect{}};
};

/// Gives a record a fault when its bytes are not UTF-8.
void check_utf8(CsvRecord& record);

}  // namespace verso::records

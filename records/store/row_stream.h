// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <soci/soci.h>

#include <cstdint>
#include <string>
#include <string_view>

namespace verso::records {

/// New rows into a table of PostgreSQL, as a stream and not as statements: the server neither
/// parses nor plans them, and it works while more rows are made. All are part of the transaction
/// under way; one that the server refuses (a key that is taken) fails the transaction. Throws
/// soci::soci_error, with PostgreSQL's state, as a statement would.
/// Format: PostgreSQL 15 documentation, COPY, "Binary Format".
class RowStream {
  public:
    /// `into`: table and columns, "t (a, b)". Requires: a PostgreSQL session that runs no other
    /// statement until this ends.
    RowStream(soci::session& session, std::string_view into);
    /// Without end(), the server is told to forget the rows.
    ~RowStream();
    RowStream(const RowStream&) = delete;
    RowStream& operator=(const RowStream&) = delete;

    /// Begins the next row, of so many values; all of them must follow.
    void row(std::size_t columns);
    /// The next values of the row: a BIGINT, an INTEGER, a text.
    template <class... Values>
    RowStream& in(const Values&... values) {
        (add(values), ...);
        return *this;
    }
    /// Gives the server what is left and waits until it has taken all.
    void end();

  private:
    void add(long long value);
    void add(int value);
    void add(const std::string& value);
    void add_bytes(std::uint64_t value, int bytes);
    void send();
    [[noreturn]] void fail();
    void fail_unless_taken();

    void* connection_;  ///< libpq's; its header stays in the .cpp
    std::string bytes_;
    bool open_ = false;
};

}  // namespace verso::records

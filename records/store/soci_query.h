// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <soci/soci.h>

namespace verso::records {

/// One prepared statement with the variables that it reads and fills, for one use or for many. All
/// variables must outlive it. A query that was run is always read to its end: one left half read
/// would keep the database's snapshot, and with it every later write of this connection, waiting.
/// Throws soci::soci_error.
class Query {
  public:
    Query(soci::session& session, const char* text) : statement_(session), text_(text) {}

    /// The values of the statement's parameters, in their order.
    template <class... Values>
    Query& in(Values&... values) {
        (statement_.exchange(soci::use(values)), ...);
        return *this;
    }
    /// Where the columns of a row go. No column may be NULL.
    template <class... Values>
    Query& out(Values&... values) {
        (statement_.exchange(soci::into(values)), ...);
        return *this;
    }

    /// Runs it and fills in the first row; false when there is none.
    bool first() {
        if (!ready_) {
            statement_.alloc();
            statement_.prepare(text_);
            statement_.define_and_bind();
            ready_ = true;
        }
        return statement_.execute(true);
    }
    /// Fills in the next row; false after the last.
    bool next() { return statement_.fetch(); }
    /// Runs a statement that gives one row at most. True when it did.
    bool run() {
        const bool found = first();
        if (found) {
            while (next()) {
            }
        }
        return found;
    }

  private:
    soci::statement statement_;
    const char* text_;
    bool ready_ = false;
};

}  // namespace verso::records

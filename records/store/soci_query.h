// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <soci/soci.h>

#include <memory>
#include <string>

#include "records/store/statement_cache.h"

namespace verso::records {

/// One prepared statement with the variables that it reads and fills, for one use or for many. All
/// variables must outlive it. A query that was run is always read to its end: one left half read
/// would keep the database's snapshot, and with it every later write of this connection, waiting.
/// Throws soci::soci_error.
class Query {
  public:
    /// `text` may hold the words of a Dialect in braces.
    Query(StatementCache& cache, std::string text)
        : cache_(cache),
          text_(std::move(text)),
          statement_(cache.take(text_)),
          writes_(!text_.starts_with("SELECT")) {}
    ~Query() {
        if (!ended_) return;
        try {
            cache_.give_back(text_, std::move(statement_));
        } catch (const std::exception&) {
            // It is prepared again when it is needed again.
        }
    }
    Query(const Query&) = delete;
    Query& operator=(const Query&) = delete;

    /// The values of the statement's parameters, in their order.
    template <class... Values>
    Query& in(Values&... values) {
        (statement_->exchange(soci::use(values)), ...);
        return *this;
    }
    /// Where the columns of a row go. No column may be NULL.
    template <class... Values>
    Query& out(Values&... values) {
        (statement_->exchange(soci::into(values)), ...);
        return *this;
    }

    /// One more parameter, or column, that may be NULL.
    Query& in_or_null(std::string& value, soci::indicator& state) {
        statement_->exchange(soci::use(value, state));
        return *this;
    }
    Query& out_or_null(std::string& value, soci::indicator& state) {
        statement_->exchange(soci::into(value, state));
        return *this;
    }

    /// Runs it and fills in the first row; false when there is none.
    bool first() {
        if (!bound_) {
            statement_->define_and_bind();
            bound_ = true;
        }
        ended_ = false;
        if (writes_) cache_.count_write();
        return told(statement_->execute(true));
    }
    /// Fills in the next row; false after the last.
    bool next() { return told(statement_->fetch()); }
    /// Runs a statement that gives one row at most. True when it did.
    bool run() {
        const bool found = first();
        if (found) {
            while (next()) {
            }
        }
        return found;
    }
    /// Runs a statement that gives no rows; how many it changed.
    long long change() {
        run();
        return statement_->get_affected_rows();
    }

  private:
    bool told(bool row) {
        ended_ = !row;
        return row;
    }

    StatementCache& cache_;
    std::string text_;
    std::unique_ptr<soci::statement> statement_;
    bool writes_;
    bool bound_ = false, ended_ = true;
};

}  // namespace verso::records

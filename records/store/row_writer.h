// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "records/store/connection.h"
#include "records/store/row_stream.h"

namespace verso::records {

/// "INSERT INTO t (a, b) VALUES (:a0, :b0), (:a1, :b1)" for `rows` rows of `columns` values each.
std::string insert_rows(std::string_view into, std::size_t columns, std::size_t rows,
                        std::string_view end);

/// Inserts rows of one table, many by one statement: a round trip to a server costs more than a
/// row. A Row has `static constexpr std::size_t kColumns` and a bind(to), which gives its values to
/// a Query or a RowStream by `to.in(…)`, in the order of the columns. Throws soci::soci_error.
template <class Row>
class RowWriter {
  public:
    /// `into`: table and columns, "t (a, b)"; `end`: what follows the values.
    RowWriter(Connection& db, std::string into, std::string end = "")
        : db_(db), into_(std::move(into)), end_(std::move(end)) {}

    /// Writes rows of which none is in the table yet, a great many at once where the database takes
    /// a stream. They are used up.
    void write_new(std::vector<Row>& rows) {
        constexpr std::size_t kWorthAStream = 32;
        if (!db_.dialect().takes_streams || rows.size() < kWorthAStream) return write(rows);
        db_.before(into_);
        RowStream stream(db_.session(), into_);
        for (Row& row : rows) {
            stream.row(Row::kColumns);
            row.bind(stream);
        }
        stream.end();
        rows.clear();
    }

    /// Writes all of them. They are used up.
    void write(std::vector<Row>& rows) {
        std::size_t at = 0;
        for (std::size_t size : kSizes) {
            while (rows.size() - at >= size) {
                std::move(rows.begin() + std::ptrdiff_t(at),
                          rows.begin() + std::ptrdiff_t(at + size), slots_->begin());
                Query& query = query_for(size);
                db_.before(into_);
                query.run();
                at += size;
            }
        }
        rows.clear();
    }

  private:
    static constexpr std::array<std::size_t, 3> kSizes{64, 8, 1};

    Query& query_for(std::size_t size) {
        const std::size_t which = size == 64 ? 0 : size == 8 ? 1 : 2;
        auto& query = queries_[which];
        if (!query) {
            query =
                std::make_unique<Query>(db_.cache(), insert_rows(into_, Row::kColumns, size, end_));
            for (std::size_t i = 0; i < size; ++i) (*slots_)[i].bind(*query);
        }
        return *query;
    }

    Connection& db_;
    std::string into_, end_;
    std::unique_ptr<std::array<Row, 64>> slots_ = std::make_unique<std::array<Row, 64>>();
    std::array<std::unique_ptr<Query>, 3> queries_;
};

}  // namespace verso::records

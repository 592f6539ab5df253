// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string>
#include <vector>

#include "records/store/connection.h"

namespace verso::records {

/// One column of a table, as schema.cpp makes it.
struct TableColumn {
    std::string name;
    bool is_text = false;
    int key = 0;  ///< its place in the primary key, from 1; 0: not in it
};

/// One table of a store.
struct StoreTable {
    std::string name;
    std::vector<TableColumn> columns;

    /// "a, b, c"
    std::string column_list() const;
    /// The columns of the primary key, text by its bytes: the same order in every database.
    std::string key_order() const;
};

/// The tables of schema.h's last version but schema_version, each after those that it refers to.
/// They are read from an empty store in memory. Throws soci::soci_error.
std::vector<StoreTable> store_tables();

/// Reads all rows of a table in the order of its key, in parts: a PostgreSQL client would otherwise
/// hold the whole table. Every value is text; one that is NULL has the indicator i_null. Only
/// inside a transaction, one reader of a table at a time. Throws soci::soci_error.
class TableReader {
  public:
    TableReader(Connection& db, const StoreTable& table);
    /// The next row; false after the last.
    bool next();
    const std::vector<std::string>& values() const { return values_; }
    const std::vector<soci::indicator>& states() const { return states_; }

  private:
    Connection& db_;
    std::string cursor_;  ///< its name; empty on SQLite, which reads row by row anyway
    std::vector<std::string> values_;
    std::vector<soci::indicator> states_;
    std::unique_ptr<Query> rows_;
    bool begun_ = false;
};

}  // namespace verso::records

// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <exception>
#include <string>
#include <string_view>

namespace verso::records {

// The only place where one database differs from another. Everything else is SQL that SQLite and
// PostgreSQL both run.

/// The words of one database.
struct Dialect {
    std::string_view id_column;  ///< type of a key that the database counts up by itself
    std::string_view clustered;  ///< end of a CREATE TABLE whose rows lie in the order of the key
    std::string_view begin_writing;  ///< opens a transaction that will write
    std::string_view table_count;    ///< query: how many tables of ours or others there are
    /// query: is there a table schema_version (1) or not (0)
    std::string_view has_schema_version;
};

extern const Dialect kSqlite;

/// A statement of schema.cpp with {id} and {clustered} in the words of the dialect.
std::string translate(std::string_view statement, const Dialect& dialect);

/// True when the database refused a row because its key is taken.
bool is_key_taken(const std::exception& error);
/// True when a file was opened that holds no database.
bool is_not_a_database(const std::exception& error);

}  // namespace verso::records

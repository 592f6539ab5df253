// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <exception>
#include <span>
#include <string>
#include <string_view>

namespace verso::records {

// The only place where one database differs from another. Everything else is SQL that SQLite and
// PostgreSQL both run, with a few words in braces that translate() puts in.

/// The words of one database.
struct Dialect {
    std::string_view id_column;    ///< {id}: type of a key that the database counts up by itself
    std::string_view clustered;    ///< {clustered}: end of a CREATE TABLE in the order of its key
    std::string_view lock;         ///< {lock}: end of a SELECT that keeps its rows from others
    std::string_view lock_o_c;     ///< {lock_o_c}: the same for the tables called o and c alone
    std::string_view skip_locked;  ///< {skip_locked}: the same, passing over rows that others keep
    std::string_view binary;       ///< {binary}: orders text by its bytes
    std::string_view begin_writing;  ///< opens a transaction that will write
    /// query with one value: a lock of that name until the transaction ends; empty where a
    /// transaction that writes is alone anyway
    std::string_view named_lock;
    std::string_view migration_lock;  ///< statement: one program at a time changes the schema
    std::string_view table_count;     ///< query: how many tables of ours or others there are
    /// query: is there a table schema_version (1) or not (0)
    std::string_view has_schema_version;
    /// Statements that each new connection runs first.
    std::span<const std::string_view> session;
    bool locks_rows = false;     ///< several may write at once, each row by one
    bool takes_streams = false;  ///< new rows come as a stream (row_stream.h)
};

extern const Dialect kSqlite;
extern const Dialect kPostgres;

/// A statement with the words in braces in those of the dialect.
std::string translate(std::string_view statement, const Dialect& dialect);

/// True when the database refused a row because its key is taken.
bool is_key_taken(const std::exception& error);
/// True when a file was opened that holds no database.
bool is_not_a_database(const std::exception& error);
/// True when two transactions were in each other's way and one was sent back: running it again
/// from its beginning is safe and the cure.
bool is_collision(const std::exception& error);

}  // namespace verso::records

// SPDX-License-Identifier: Apache-2.0
#include "records/store/dialect.h"

namespace verso::records {

namespace {

void replace_all(std::string& text, std::string_view from, std::string_view to) {
    for (auto at = text.find(from); at != std::string::npos; at = text.find(from, at + to.size())) {
        text.replace(at, from.size(), to);
    }
}

bool says(const std::exception& error, std::string_view words) {
    return std::string_view(error.what()).find(words) != std::string_view::npos;
}

}  // namespace

// BEGIN IMMEDIATE takes the write lock at once: a transaction that reads first and writes later
// could otherwise fail half way because another process wrote in between.
const Dialect kSqlite{
    "INTEGER PRIMARY KEY",
    " WITHOUT ROWID",
    "BEGIN IMMEDIATE",
    "SELECT count(*) FROM sqlite_master WHERE type = 'table' AND name NOT LIKE 'sqlite_%'",
    "SELECT count(*) FROM sqlite_master WHERE type = 'table' AND name = 'schema_version'",
};

std::string translate(std::string_view statement, const Dialect& dialect) {
    std::string out(statement);
    replace_all(out, "{id}", dialect.id_column);
    replace_all(out, "{clustered}", dialect.clustered);
    return out;
}

bool is_key_taken(const std::exception& error) {
    return says(error, "UNIQUE constraint failed") || says(error, "duplicate key value");
}

bool is_not_a_database(const std::exception& error) { return says(error, "not a database"); }

}  // namespace verso::records

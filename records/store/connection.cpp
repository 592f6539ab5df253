// SPDX-License-Identifier: Apache-2.0
#include "records/store/connection.h"

#include <soci/postgresql/soci-postgresql.h>
#include <soci/sqlite3/soci-sqlite3.h>

namespace verso::records {

namespace {

const soci::backend_factory& backend(const Dialect& dialect) {
    if (&dialect == &kPostgres) return soci::postgresql;
    return soci::sqlite3;
}

}  // namespace

Connection::Connection(const Dialect& dialect, const std::string& connect, std::string place,
                       const StoreOptions& options)
    : place_(std::move(place)),
      before_write_(options.before_write),
      dialect_(dialect),
      session_(backend(dialect), connect),
      cache_(session_, dialect),
      scopes_(session_, dialect, cache_.writes()) {
    for (std::string_view statement : dialect.session) {
        std::string answer;  // some pragmas answer with a row, some with none
        if (&dialect == &kSqlite) {
            query(std::string(statement)).out(answer).run();
        } else {
            query(std::string(statement)).run();
        }
    }
}

std::unique_ptr<Connection> connect(const std::string& place) {
    const bool postgres = is_postgres_url(place);
    return std::make_unique<Connection>(postgres ? kPostgres : kSqlite,
                                        postgres ? place : "dbname=\"" + place + "\"",
                                        without_password(place), StoreOptions{});
}

Error Connection::failure(const std::exception& error) const {
    return {ErrorCode::DatabaseFailed, error.what(), place_,
            dialect_.locks_rows
                ? "see that the database server runs, has room and takes this connection"
                : "see that the disk has room and that no other program holds the database"};
}

}  // namespace verso::records

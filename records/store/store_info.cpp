// SPDX-License-Identifier: Apache-2.0
#include "records/store/store_info.h"

#include <filesystem>

#include "records/store/connection.h"

namespace verso::records {

namespace {

Result<StoreInfo> ask(Connection& db) {
    const bool sqlite = &db.dialect() == &kSqlite;
    StoreInfo info;
    info.database = sqlite ? "SQLite" : "PostgreSQL";
    info.place = db.place();
    long long versioned = 0;
    db.query(db.dialect().has_schema_version.data()).out(versioned).run();
    if (versioned == 0) {
        return Error{ErrorCode::HomeInvalid, "this is not a Verso database", db.place(),
                     "see store.url in verso.toml"};
    }
    db.query("SELECT max(version) FROM schema_version").out(info.schema).run();
    db.query(sqlite ? "SELECT sqlite_version()" : "SELECT current_setting('server_version')")
        .out(info.version)
        .run();
    db.query(sqlite ? "SELECT c.page_count * s.page_size"
                      " FROM pragma_page_count() c, pragma_page_size() s"
                    : "SELECT pg_database_size(current_database())")
        .out(info.bytes)
        .run();
    return info;
}

}  // namespace

Result<StoreInfo> look_at_store(const std::string& place) {
    std::error_code unknown;
    if (!is_postgres_url(place) && !std::filesystem::exists(place, unknown)) {
        return Error{ErrorCode::HomeInvalid, "there is no database", place,
                     "make the home with: verso init"};
    }
    try {
        const auto db = connect(place);
        return db->in_safety([&] { return ask(*db); });
    } catch (const std::exception& error) {
        return Error{ErrorCode::DatabaseFailed, error.what(), without_password(place),
                     "see that it is a database, and that its server runs"};
    }
}

}  // namespace verso::records

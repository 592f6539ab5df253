// SPDX-License-Identifier: Apache-2.0
#include <algorithm>
#include <filesystem>

#include "records/store/order_table.h"
#include "records/store/store_soci.h"

namespace verso::records {

namespace {

Result<std::unique_ptr<Store>> open(const Dialect& dialect, const std::string& connect,
                                    const std::string& place, const StoreOptions& options,
                                    const std::string& cure) {
    try {
        auto store = std::make_unique<SociStore>(dialect, connect, place, options);
        if (auto migrated = store->migrate(); !migrated) return migrated.error();
        return std::unique_ptr<Store>(std::move(store));
    } catch (const std::exception& error) {
        if (is_not_a_database(error)) {
            return Error{ErrorCode::HomeInvalid, "this is not a Verso database", place,
                         "give another home with --home"};
        }
        return Error{ErrorCode::DatabaseFailed, error.what(), place, cure};
    }
}

}  // namespace

bool is_postgres_url(std::string_view place) {
    return place.starts_with("postgresql://") || place.starts_with("postgres://");
}

std::string without_password(std::string_view url) {
    const auto question = std::min(url.find('?'), url.size());
    std::string out(url.substr(0, question));
    const auto start = out.find("://");
    const auto at = out.rfind('@');  // a password with an unescaped @ or / is one all the same
    if (start != std::string::npos && at != std::string::npos) {
        const auto colon = out.find(':', start + 3);
        if (colon < at) out.replace(colon, at - colon, ":***");
    }
    for (auto from = question; from < url.size();) {
        const auto end = std::min(url.find('&', from + 1), url.size());
        const auto pair = url.substr(from, end - from);
        const auto equals = pair.find('=');
        const bool secret = pair.substr(0, equals).find("password") != std::string_view::npos;
        out += secret ? std::string(pair.substr(0, equals)) + "=***" : std::string(pair);
        from = end;
    }
    return out;
}

Result<std::unique_ptr<Store>> open_sqlite_store(const std::string& path,
                                                 const StoreOptions& options) {
    std::error_code unknown;
    if (!options.create && path != ":memory:" && !std::filesystem::exists(path, unknown)) {
        return Error{ErrorCode::HomeInvalid, "there is no database", path,
                     "make the home with: verso init"};
    }
    if (path.find('"') != std::string::npos) {
        return Error{ErrorCode::HomeInvalid, "the name of the home holds a quotation mark", path,
                     "rename the folder"};
    }
    return open(kSqlite, "dbname=\"" + path + "\"", path, options,
                "see that the folder exists and can be written");
}

Result<std::unique_ptr<Store>> open_postgres_store(const std::string& url,
                                                   const StoreOptions& options) {
    return open(kPostgres, url, without_password(url), options,
                "see that the server runs and that the URL names a database you may use");
}

Result<std::unique_ptr<Store>> open_store(const std::string& place, const StoreOptions& options) {
    return is_postgres_url(place) ? open_postgres_store(place, options)
                                  : open_sqlite_store(place, options);
}

}  // namespace verso::records

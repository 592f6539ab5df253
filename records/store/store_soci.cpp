// SPDX-License-Identifier: Apache-2.0
#include "records/store/store_soci.h"

#include <fmt/format.h>
#include <soci/sqlite3/soci-sqlite3.h>

#include <filesystem>

#include "records/store/order_table.h"
#include "records/store/schema.h"
#include "records/store/statements.h"

namespace verso::records {

namespace {

/// WAL lets readers go on while one process writes; FULL makes a commit survive a power cut; the
/// time-out is longer than any import keeps the lock. It comes first: the change to WAL needs a
/// lock too, and two programs may open a new database at once.
constexpr const char* kPragmas[] = {"PRAGMA busy_timeout = 10000", "PRAGMA journal_mode = WAL",
                                    "PRAGMA synchronous = FULL", "PRAGMA foreign_keys = ON"};

/// The Transaction that begin() gives out.
class OpenTransaction final : public Transaction {
  public:
    OpenTransaction(ScopeStack& scopes, std::string place)
        : scope_(scopes), place_(std::move(place)) {}

    Result<void> commit() override {
        try {
            scope_.keep();
            return {};
        } catch (const std::exception& error) {
            return Error{ErrorCode::DatabaseFailed, error.what(), place_,
                         "nothing was kept; make room on the disk and try again"};
        }
    }

  private:
    Scope scope_;
    std::string place_;
};

}  // namespace

SociStore::SociStore(const std::string& connect, std::string place, const StoreOptions& options)
    : place_(std::move(place)),
      before_write_(options.before_write),
      dialect_(kSqlite),
      session_(soci::sqlite3, connect),
      scopes_(session_, dialect_) {
    for (const char* pragma : kPragmas) {
        std::string answer;  // some pragmas answer with a row, some with none
        query(pragma).out(answer).run();
    }
    order_table_ = std::make_unique<OrderTable>(session_);
}

SociStore::~SociStore() = default;

Error SociStore::failure(const std::exception& error) const {
    return {ErrorCode::DatabaseFailed, error.what(), place_,
            "see that the disk has room and that no other program holds the database"};
}

Result<std::unique_ptr<Transaction>> SociStore::begin() {
    return in_safety([&]() -> Result<std::unique_ptr<Transaction>> {
        return std::unique_ptr<Transaction>(std::make_unique<OpenTransaction>(scopes_, place_));
    });
}

Result<void> SociStore::migrate() {
    return in_scope([&]() -> Result<void> {
        long long versioned = 0, tables = 0, applied = 0;
        query(dialect_.has_schema_version.data()).out(versioned).run();
        query(dialect_.table_count.data()).out(tables).run();
        if (versioned == 0 && tables > 0) {
            return Error{ErrorCode::HomeInvalid, "this is the database of another program", place_,
                         "give another home with --home"};
        }
        if (versioned == 0) query(sql::kCreateVersions).run();
        query(sql::kApplied).out(applied).run();
        if (applied > schema_version()) {
            return Error{ErrorCode::HomeInvalid,
                         fmt::format("the database has schema {}, this program knows {}", applied,
                                     schema_version()),
                         place_, "use the newer Verso that wrote it"};
        }
        for (const Migration& step : migrations()) {
            if (step.version <= applied) continue;
            if (auto taken = take_step(step.version, step.statements); !taken) return taken;
        }
        return {};
    });
}

Result<void> SociStore::take_step(int version, std::span<const std::string_view> statements) {
    for (std::string_view statement : statements) {
        const std::string text = translate(statement, dialect_);
        before(text.c_str());
        query(text.c_str()).run();
    }
    const long long at = system_clock().now().time_since_epoch().count();
    query(sql::kInsertVersion).in(version, at).run();
    return {};
}

Result<ShopId> SociStore::create_shop(std::string_view name) {
    return in_scope([&]() -> Result<ShopId> {
        const std::string text(name);
        long long id = 0;
        before(sql::kInsertShop);
        query(sql::kInsertShop).in(text).out(id).run();
        return ShopId{id};
    });
}

Result<std::vector<ShopId>> SociStore::shops() {
    return in_safety([&]() -> Result<std::vector<ShopId>> {
        std::vector<ShopId> found;
        long long id = 0;
        Query query(session_, sql::kShops);
        query.out(id);
        for (bool more = query.first(); more; more = query.next()) found.emplace_back(id);
        return found;
    });
}

Result<Counts> SociStore::counts(ShopId shop) {
    return in_safety([&]() -> Result<Counts> {
        long long n[9] = {};
        const long long shop_id = shop.get();
        query(sql::kCounts)
            .in(shop_id)
            .out(n[0], n[1], n[2], n[3], n[4], n[5], n[6], n[7], n[8])
            .run();
        return Counts{n[0], n[1], n[2], n[3], n[4], n[5], n[6], n[7], n[8]};
    });
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
    try {
        auto store = std::make_unique<SociStore>("dbname=\"" + path + "\"", path, options);
        if (auto migrated = store->migrate(); !migrated) return migrated.error();
        return std::unique_ptr<Store>(std::move(store));
    } catch (const std::exception& error) {
        if (is_not_a_database(error)) {
            return Error{ErrorCode::HomeInvalid, "this is not a Verso database", path,
                         "give another home with --home"};
        }
        return Error{ErrorCode::DatabaseFailed, error.what(), path,
                     "see that the folder exists and can be written"};
    }
}

}  // namespace verso::records

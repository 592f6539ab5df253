// SPDX-License-Identifier: Apache-2.0
#include "records/store/store_soci.h"

#include <fmt/format.h>

#include "records/store/access_table.h"
#include "records/store/order_table.h"
#include "records/store/schema.h"
#include "records/store/statements.h"

namespace verso::records {

namespace {

/// The Transaction that begin() gives out.
class OpenTransaction final : public Transaction {
  public:
    OpenTransaction(ScopeStack& scopes, std::string place, Scope::Inner inner)
        : scopes_(scopes), scope_(scopes, inner), place_(std::move(place)) {}

    Result<void> commit() override {
        try {
            scope_.keep();
            return {};
        } catch (const std::exception& error) {
            return Error{ErrorCode::DatabaseFailed, error.what(), place_,
                         "nothing was kept; make room on the disk and try again"};
        }
    }

    bool is_spoiled() const override { return scopes_.is_spoiled(); }

  private:
    ScopeStack& scopes_;
    Scope scope_;
    std::string place_;
};

}  // namespace

SociStore::SociStore(const Dialect& dialect, const std::string& connect, std::string place,
                     const StoreOptions& options)
    : db_(dialect, connect, std::move(place), options),
      access_(std::make_unique<AccessTable>(db_)) {}

AccessBook& SociStore::access() { return *access_; }

// Every store that open_store() gives is one.
HookBook& hooks_of(Store& store) { return static_cast<SociStore&>(store).hooks(); }
PhotoBook& photos_of(Store& store) { return static_cast<SociStore&>(store).photos(); }
ListBook& lists_of(Store& store) { return static_cast<SociStore&>(store).lists(); }
SpoolBook& spool_of(Store& store) { return static_cast<SociStore&>(store).spool(); }

SociStore::~SociStore() = default;

Result<std::unique_ptr<Transaction>> SociStore::begin() {
    return in_safety([&]() -> Result<std::unique_ptr<Transaction>> {
        return std::unique_ptr<Transaction>(
            std::make_unique<OpenTransaction>(db_.scopes(), db_.place(), Scope::Inner::Separate));
    });
}

Result<std::unique_ptr<Transaction>> SociStore::begin_group() {
    // A server's connection takes nothing more after any statement that failed: without a way back
    // to the beginning of each piece of work, a refused key would spoil the others.
    const auto inner = db_.dialect().locks_rows ? Scope::Inner::Separate : Scope::Inner::Joined;
    return in_safety([&]() -> Result<std::unique_ptr<Transaction>> {
        return std::unique_ptr<Transaction>(
            std::make_unique<OpenTransaction>(db_.scopes(), db_.place(), inner));
    });
}

Result<void> SociStore::migrate() {
    auto migrated = in_scope([&]() -> Result<void> {
        const Dialect& words = db_.dialect();
        long long versioned = 0, tables = 0, applied = 0, held = 0;
        if (!words.migration_lock.empty()) {
            query(words.migration_lock.data()).out(held).run();
        }
        query(words.has_schema_version.data()).out(versioned).run();
        query(words.table_count.data()).out(tables).run();
        if (versioned == 0 && tables > 0) {
            return Error{ErrorCode::HomeInvalid, "this is the database of another program",
                         db_.place(), "give another home with --home"};
        }
        if (versioned == 0) query(sql::kCreateVersions).run();
        query(sql::kApplied).out(applied).run();
        const std::set<int> taken_steps = steps_taken();
        if (applied > schema_version()) {
            return Error{ErrorCode::HomeInvalid,
                         fmt::format("the database has schema {}, this program knows {}", applied,
                                     schema_version()),
                         db_.place(), "use the newer Verso that wrote it"};
        }
        for (const Migration& step : migrations()) {
            // Each by itself: steps are numbered before they are released, and may come later than
            // one with a higher number.
            if (taken_steps.contains(step.version)) continue;
            if (auto taken = take_step(step.version, step.statements); !taken) return taken;
        }
        return {};
    });
    if (!migrated) return migrated;
    db_.cache().clear();  // what was prepared before may mean other columns now
    return in_safety([&]() -> Result<void> {
        // Steps that rebuild a table need its references unchecked; from here on they are checked.
        if (&db_.dialect() == &kSqlite) query("PRAGMA foreign_keys = ON").run();
        order_table_ = std::make_unique<OrderTable>(db_);
        return {};
    });
}

std::set<int> SociStore::steps_taken() {
    std::set<int> versions;
    int version = 0;
    Query query(db_.cache(), sql::kVersions);
    query.out(version);
    for (bool more = query.first(); more; more = query.next()) versions.insert(version);
    return versions;
}

Result<void> SociStore::take_step(int version, std::span<const std::string_view> statements) {
    constexpr std::string_view kOnSqlite = "{sqlite}", kOnPostgres = "{postgres}";
    const bool sqlite = &db_.dialect() == &kSqlite;
    for (std::string_view statement : statements) {
        if (statement.starts_with(sqlite ? kOnPostgres : kOnSqlite)) continue;
        if (statement.starts_with('{')) statement.remove_prefix(statement.find('}') + 1);
        before(statement);
        db_.query(std::string(statement)).run();
        db_.cache().clear();
    }
    const long long at = seconds(system_clock().now());
    query(sql::kInsertVersion).in(version, at).run();
    return {};
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

}  // namespace verso::records

// SPDX-License-Identifier: Apache-2.0
#include "records/store/store_copy.h"

#include <fmt/format.h>

#include <array>
#include <filesystem>

#include "core/crypto/sha256.h"
#include "records/store/row_writer.h"
#include "records/store/schema.h"
#include "records/store/store_tables.h"

namespace verso::records {

namespace {

bool is_postgres(const Connection& db) { return &db.dialect() == &kPostgres; }

long long number(Connection& db, const std::string& query) {
    long long value = 0;
    db.query(query).out(value).run();
    return value;
}

/// Counts rows and hashes them: of each value its length and bytes, or that it is NULL.
class RowSum {
  public:
    void add(const TableReader& row) {
        ++rows_;
        for (std::size_t i = 0; i < row.values().size(); ++i) {
            if (row.states()[i] == soci::i_null) {
                hash_.add("-;");
                continue;
            }
            hash_.add(fmt::format("{}:", row.values()[i].size()));
            hash_.add(row.values()[i]);
        }
    }
    long long rows() const { return rows_; }
    CopiedTable result(const std::string& name) { return {name, rows_, hash_.hex()}; }

  private:
    long long rows_ = 0;
    Sha256 hash_;
};

/// Inserts rows of one table, 64 by one statement.
class RowCopier {
  public:
    RowCopier(Connection& db, const StoreTable& table)
        : db_(db),
          into_(fmt::format("{} ({})", table.name, table.column_list())),
          columns_(table.columns.size()),
          values_(columns_ * kRows),
          states_(columns_ * kRows, soci::i_ok) {}

    void add(const TableReader& row) {
        for (std::size_t i = 0; i < columns_; ++i) {
            values_[held_ * columns_ + i] = row.values()[i];
            states_[held_ * columns_ + i] = row.states()[i];
        }
        if (++held_ == kRows) write();
    }
    /// Writes what is held.
    void finish() {
        if (held_ > 0) write();
    }

  private:
    static constexpr std::size_t kRows = 64;

    void write() {
        auto& query = held_ == kRows ? full_ : rest_;
        if (!query) {
            query = std::make_unique<Query>(db_.cache(), insert_rows(into_, columns_, held_, ""));
            for (std::size_t i = 0; i < held_ * columns_; ++i) {
                query->in_or_null(values_[i], states_[i]);
            }
        }
        query->run();
        held_ = 0;
    }

    Connection& db_;
    std::string into_;
    std::size_t columns_, held_ = 0;
    std::vector<std::string> values_;
    std::vector<soci::indicator> states_;
    std::unique_ptr<Query> full_, rest_;
};

class StoreCopy {
  public:
    StoreCopy(Connection& from, Connection& to, const CopyProgress& progress)
        : from_(from), to_(to), progress_(progress), tables_(store_tables()) {}

    Result<std::vector<CopiedTable>> run() {
        from_
            .query(is_postgres(from_) ? "BEGIN ISOLATION LEVEL REPEATABLE READ READ ONLY" : "BEGIN")
            .run();
        auto copied = fill();
        from_.query("ROLLBACK").run();  // nothing was written
        return copied;
    }

  private:
    Result<std::vector<CopiedTable>> fill() {
        if (auto same = check_versions(); !same) return same.error();
        Scope scope(to_.scopes());
        if (auto empty = take_empty(); !empty) return empty.error();
        std::vector<CopiedTable> sent;
        for (const auto& table : tables_) sent.push_back(send(table));
        for (std::size_t i = 0; i < tables_.size(); ++i) {
            if (auto same = compare(tables_[i], sent[i]); !same) return same.error();
        }
        if (is_postgres(to_)) set_sequences();
        scope.keep();
        return sent;
    }

    Result<void> check_versions() {
        const long long version = number(from_, "SELECT max(version) FROM schema_version");
        if (version == schema_version()) return {};
        return Error{ErrorCode::HomeInvalid,
                     fmt::format("the database has schema {}, this program knows {}", version,
                                 schema_version()),
                     from_.place(), "let every machine run the same Verso"};
    }

    /// Keeps others from writing to the target, and looks that nobody did. The one shop that a new
    /// store has makes room for the source's.
    Result<void> take_empty() {
        if (is_postgres(to_)) {
            std::string list;
            for (const auto& table : tables_) list += (list.empty() ? "" : ", ") + table.name;
            to_.query("LOCK TABLE " + list + " IN EXCLUSIVE MODE").run();
        }
        for (const auto& table : tables_) {
            const bool shop = table.name == "shop";
            const std::string rows = "SELECT count(*) FROM (SELECT 1 FROM " + table.name +
                                     (shop ? " WHERE id <> 1 OR name <> ''" : "") +
                                     " LIMIT 1) AS found";
            if (number(to_, rows) == 0) continue;
            return Error{ErrorCode::AlreadyExists,
                         fmt::format("the database holds data already (table {})", table.name),
                         to_.place(), "name an empty database; nothing was changed"};
        }
        to_.query("DELETE FROM shop").run();
        return {};
    }

    CopiedTable send(const StoreTable& table) {
        constexpr long long kToldEvery = 8192;
        TableReader row(from_, table);
        RowCopier copier(to_, table);
        RowSum sum;
        while (row.next()) {
            sum.add(row);
            copier.add(row);
            if (progress_ && sum.rows() % kToldEvery == 0) progress_(table.name, sum.rows());
        }
        copier.finish();
        if (progress_) progress_(table.name, sum.rows());
        return sum.result(table.name);
    }

    Result<void> compare(const StoreTable& table, const CopiedTable& sent) {
        TableReader row(to_, table);
        RowSum sum;
        while (row.next()) sum.add(row);
        const CopiedTable arrived = sum.result(table.name);
        if (arrived.rows == sent.rows && arrived.sha256 == sent.sha256) return {};
        return Error{ErrorCode::DatabaseFailed,
                     fmt::format("the table {} did not arrive as it left: {} rows of {}",
                                 table.name, arrived.rows, sent.rows),
                     to_.place(), "nothing was kept there; please report it"};
    }

    /// Rows came with their ids: what counts ids up goes on behind them.
    void set_sequences() {
        for (const auto& table : tables_) {
            const long long counted =
                number(to_,
                       "SELECT count(*) FROM information_schema.columns WHERE table_schema ="
                       " current_schema() AND is_identity = 'YES' AND column_name = 'id'"
                       " AND table_name = '" +
                           table.name + "'");
            if (counted == 0) continue;
            number(to_, fmt::format("SELECT setval(pg_get_serial_sequence('{0}', 'id'),"
                                    " coalesce(max(id), 1), max(id) IS NOT NULL) FROM {0}",
                                    table.name));
        }
    }

    Connection& from_;
    Connection& to_;
    const CopyProgress& progress_;
    std::vector<StoreTable> tables_;
};

/// Makes or mends the schema of a place, as opening it for work does.
Result<void> prepare(const std::string& place, bool create) {
    StoreOptions options;
    options.create = create;
    auto store = open_store(place, options);
    if (!store) return store.error();
    return {};
}

bool same_place(const std::string& a, const std::string& b) {
    if (a == b) return true;
    if (is_postgres_url(a) || is_postgres_url(b)) return false;
    std::error_code unknown;
    return std::filesystem::equivalent(a, b, unknown) && !unknown;
}

}  // namespace

Result<std::vector<CopiedTable>> copy_store(const std::string& from, const std::string& to,
                                            const CopyProgress& progress) {
    if (same_place(from, to)) {
        return Error{ErrorCode::Usage, "source and target are the same database",
                     without_password(to), "name another one"};
    }
    if (auto ready = prepare(from, false); !ready) return ready.error();
    if (auto ready = prepare(to, true); !ready) return ready.error();
    try {
        const auto source = connect(from), target = connect(to);
        if (!is_postgres(*target)) target->query("PRAGMA foreign_keys = ON").run();
        return StoreCopy(*source, *target, progress).run();
    } catch (const std::exception& error) {
        return Error{ErrorCode::DatabaseFailed, error.what(),
                     without_password(from) + " to " + without_password(to),
                     "the target was left empty; see that both databases run and have room"};
    }
}

}  // namespace verso::records

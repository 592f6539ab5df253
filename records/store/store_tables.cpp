// SPDX-License-Identifier: Apache-2.0
#include "records/store/store_tables.h"

#include <fmt/format.h>

#include <algorithm>
#include <functional>
#include <map>
#include <set>
#include <stdexcept>

#include "records/store/schema.h"

namespace verso::records {

namespace {

constexpr int kRowsAtOnce = 2000;

/// The schema as an empty SQLite has it, without a row of ours.
std::unique_ptr<Connection> empty_schema() {
    auto db = connect(":memory:");
    for (const Migration& step : migrations()) {
        for (std::string_view statement : step.statements) {
            if (statement.starts_with("{postgres}")) continue;
            if (statement.starts_with('{')) statement.remove_prefix(statement.find('}') + 1);
            db->query(std::string(statement)).run();
            db->cache().clear();
        }
    }
    return db;
}

std::vector<std::string> names(Connection& db, const std::string& query) {
    std::vector<std::string> found;
    std::string name;
    Query rows(db.cache(), query);
    rows.out(name);
    for (bool more = rows.first(); more; more = rows.next()) found.push_back(name);
    return found;
}

StoreTable describe(Connection& db, const std::string& name) {
    StoreTable table{name, {}};
    std::string column, type;
    int key = 0;
    Query rows(db.cache(), fmt::format("SELECT name, type, pk FROM pragma_table_info('{}')", name));
    rows.out(column, type, key);
    for (bool more = rows.first(); more; more = rows.next()) {
        table.columns.push_back({column, type == "TEXT", key});
    }
    return table;
}

std::string joined(const std::vector<std::string>& parts) {
    std::string out;
    for (const auto& part : parts) out += (out.empty() ? "" : ", ") + part;
    return out;
}

}  // namespace

std::string StoreTable::column_list() const {
    std::vector<std::string> list;
    for (const auto& column : columns) list.push_back(column.name);
    return joined(list);
}

std::string StoreTable::key_order() const {
    std::map<int, std::string> list;
    for (const auto& column : columns) {
        if (column.key > 0) list[column.key] = column.name + (column.is_text ? "{binary}" : "");
    }
    std::vector<std::string> parts;
    for (const auto& [place, part] : list) parts.push_back(part);
    if (parts.empty()) throw std::logic_error("the table " + name + " has no key");
    return joined(parts);
}

std::vector<StoreTable> store_tables() {
    const auto db = empty_schema();
    std::vector<StoreTable> tables;
    std::set<std::string> done;
    const std::function<void(const std::string&)> take = [&](const std::string& name) {
        if (!done.insert(name).second) return;
        for (const auto& referred :
             names(*db, fmt::format("SELECT \"table\" FROM pragma_foreign_key_list('{}')", name))) {
            take(referred);
        }
        tables.push_back(describe(*db, name));
    };
    for (const auto& name : names(*db,
                                  "SELECT name FROM sqlite_master WHERE type = 'table'"
                                  " AND name NOT LIKE 'sqlite_%' ORDER BY name")) {
        take(name);
    }
    return tables;
}

TableReader::TableReader(Connection& db, const StoreTable& table)
    : db_(db), values_(table.columns.size()), states_(table.columns.size(), soci::i_ok) {
    std::string select = fmt::format("SELECT {} FROM {} ORDER BY {}", table.column_list(),
                                     table.name, table.key_order());
    if (&db.dialect() == &kPostgres) {
        cursor_ = "verso_read_" + table.name;
        db.query("DECLARE " + cursor_ + " NO SCROLL CURSOR FOR " + select).run();
        select = fmt::format("FETCH {} FROM {}", kRowsAtOnce, cursor_);
    }
    rows_ = std::make_unique<Query>(db.cache(), select);
    for (std::size_t i = 0; i < values_.size(); ++i) rows_->out_or_null(values_[i], states_[i]);
}

bool TableReader::next() {
    if (begun_ && rows_->next()) return true;
    if (begun_ && cursor_.empty()) return false;
    begun_ = true;
    if (rows_->first()) return true;  // the first row, or that of the next part
    if (!cursor_.empty()) {
        rows_.reset();
        db_.cache().clear();  // a statement that fetches from a cursor means nothing without it
        db_.query("CLOSE " + cursor_).run();
    }
    return false;
}

}  // namespace verso::records

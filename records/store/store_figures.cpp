// SPDX-License-Identifier: Apache-2.0
#include "records/figures/parcel_entries.h"
#include "records/store/order_body.h"
#include "records/store/order_table.h"
#include "records/store/statements.h"
#include "records/store/store_soci.h"

namespace verso::records {

namespace {

/// A row of figure_cell, to be added to the one that is there.
struct CellRow {
    static constexpr std::size_t kColumns = 7;
    void bind(Query& query) { query.in(shop, dimension, period, name, measure, value, n); }

    long long shop = 0;
    std::string dimension;
    int period = 0;
    std::string name, measure;
    int value = 0;
    long long n = 0;
};

constexpr std::string_view kAddToCell =
    " ON CONFLICT (shop_id, dimension, period, name, measure, value)"
    " DO UPDATE SET n = figure_cell.n + excluded.n";

}  // namespace

Result<void> SociStore::add_figures(ShopId shop, const FigureEntry& entry) {
    return in_scope([&]() -> Result<void> {
        if (!entry.is_empty()) append_figures(shop, to_text(entry));
        return {};
    });
}

void SociStore::append_figures(ShopId shop, const std::string& entry) {
    const long long shop_id = shop.get();
    db_.write(sql::kInsertFigures, shop_id, entry);
}

Result<std::string> SociStore::count_response(ShopId shop, const Asked& asked,
                                              const Response& response) {
    const PrintedInsert& print = asked.card.insert;
    auto order = order_from_body(asked.body);
    if (!order) return order.error().at(print.order.get());
    // What carriers told comes in when parcels are counted.
    mark_parcels(asked.order);
    const FigureEntry entry = entry_of_answer(*order, print, response, {});
    if (entry.is_empty()) return std::string{};
    std::string text = to_text(entry);
    append_figures(shop, text);
    return text;
}

Result<void> SociStore::uncount(ShopId shop, const std::string& figures) {
    if (figures.empty()) return {};
    auto entry = parse_entry(figures);
    if (!entry) return entry.error().at(db_.place());
    append_figures(shop, to_text(entry->reversed()));
    return {};
}

void SociStore::count_print(ShopId shop, const Order& order, const PrintedInsert& print) {
    const FigureEntry entry = entry_of_print(facts_of(order, print), day_of(print.printed_at));
    if (!entry.is_empty()) append_figures(shop, to_text(entry));
}

void SociStore::count_void(const CardRecord& card) {
    const PrintedInsert& print = card.insert;
    const auto head = order_table_->find_head(card.shop.get(), print.order.get());
    if (!head) return;
    const auto order = order_table_->select(head->id, print.order.get(), print.revision);
    if (!order || !*order) return;
    mark_parcels(head->id);
    const FigureEntry entry = entry_of_void(facts_of(**order, print), day_of(print.printed_at));
    if (!entry.is_empty()) append_figures(card.shop, to_text(entry));
}

Result<std::vector<FigureCell>> SociStore::figure_cells(ShopId shop, const FigureQuery& asked) {
    // What waits is folded first, whoever asks: no entry is seen both as itself and in its cells.
    for (;;) {
        auto counted = count_parcels(shop);
        if (!counted) return counted.error();
        auto folded = fold_figures(shop);
        if (!folded) return folded.error();
        if (*counted == 0 && *folded == 0) break;
    }
    return in_safety([&]() -> Result<std::vector<FigureCell>> {
        const long long shop_id = shop.get();
        std::vector<FigureCell> cells;
        FigureCell cell;
        long long n = 0;
        Query query = db_.query(sql::kFigureCells);
        query.in(shop_id, asked.dimension, asked.from, asked.to)
            .out(cell.dimension, cell.period, cell.key, cell.measure, cell.value, n);
        for (bool more = query.first(); more; more = query.next()) {
            cell.n = n;
            if (asked.wants(cell)) cells.push_back(cell);
        }
        return cells;
    });
}

Result<std::vector<std::pair<long long, FigureEntry>>> SociStore::read_entries(ShopId shop) {
    std::vector<std::pair<long long, FigureEntry>> entries;
    const long long shop_id = shop.get();
    long long id = 0;
    std::string text;
    Query query = db_.query(sql::kTakeFigureEntries);
    query.in(shop_id).out(id, text);
    for (bool more = query.first(); more; more = query.next()) {
        auto entry = parse_entry(text);
        if (!entry) return entry.error().at(db_.place());
        entries.emplace_back(id, std::move(*entry));
    }
    return entries;
}

Result<long long> SociStore::fold_figures(ShopId shop) {
    return in_scope([&]() -> Result<long long> {
        auto entries = read_entries(shop);
        if (!entries) return entries.error();
        if (entries->empty()) return 0LL;
        FigureFold fold;
        long long shop_id = shop.get();
        for (auto& [id, entry] : *entries) {
            fold.add(entry);
            db_.write(sql::kDeleteFigureEntries, shop_id, id);
        }
        std::vector<CellRow> rows;
        for (const FigureCell& cell : fold.cells()) {
            rows.push_back(
                {shop_id, cell.dimension, cell.period, cell.key, cell.measure, cell.value, cell.n});
        }
        RowWriter<CellRow> writer(db_, sql::kFigureCellColumns, std::string(kAddToCell));
        writer.write(rows);
        return static_cast<long long>(entries->size());
    });
}

}  // namespace verso::records

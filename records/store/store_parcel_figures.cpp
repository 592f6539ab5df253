// SPDX-License-Identifier: Apache-2.0
// What carriers told, counted: parcels whose events or cards changed are marked, and counted anew
// when figures are folded. The order is held first and the parcel's row after it; who keeps events
// holds parcels only, so that nobody waits in a circle.
#include <algorithm>

#include "records/figures/parcel_entries.h"
#include "records/hooks/hook_data.h"
#include "records/lifecycle/order_words.h"
#include "records/store/order_table.h"
#include "records/store/store_soci.h"

namespace verso::records {

namespace {

namespace sql {

constexpr const char* kMarkOfOrder =
    "UPDATE parcel_state SET uncounted = 1 WHERE order_id = :id AND order_id <> 0";
constexpr const char* kMarkByName =
    "UPDATE parcel_state SET uncounted = 1, order_id = :id"
    " WHERE shop_id = :shop AND tracking = :name";
constexpr const char* kUncounted =
    "SELECT tracking, order_id FROM parcel_state WHERE shop_id = :shop AND uncounted = 1"
    " ORDER BY tracking LIMIT :most";
constexpr const char* kTakeMark =
    "UPDATE parcel_state SET uncounted = 0, order_id = :id"
    " WHERE shop_id = :shop AND tracking = :name";
constexpr const char* kCounted =
    "SELECT counted FROM parcel_state WHERE shop_id = :shop AND tracking = :name";
constexpr const char* kKeepCounted =
    "UPDATE parcel_state SET counted = :counted WHERE shop_id = :shop AND tracking = :name";
constexpr const char* kOrdersOfWord =
    "SELECT o.id, o.number FROM order_search s JOIN customer_order o ON o.id = s.order_id"
    " WHERE s.shop_id = :shop AND s.segment = :segment AND s.word = :word";
constexpr const char* kLastOrder = "SELECT coalesce(max(id), 0) FROM customer_order";
constexpr const char* kNumber =
    "SELECT number FROM customer_order WHERE id = :id AND shop_id = :shop";
constexpr const char* kRecountRating = "UPDATE rating SET figures = :figures WHERE order_id = :id";

}  // namespace sql

/// The parcel of an order that carriers know by this name; nothing when none is.
std::optional<int> parcel_named(const Order& order, const std::string& name) {
    for (const Parcel& parcel : order.parcels) {
        const auto names = parcel_names(order, parcel);
        if (std::find(names.begin(), names.end(), name) != names.end()) return parcel.number;
    }
    return std::nullopt;
}

/// "order:#1001/2" names #1001; so does "order:#1001", and an order may be called "7/2".
std::vector<std::string> numbers_in(const std::string& name) {
    constexpr std::string_view kOrder = "order:";
    if (!name.starts_with(kOrder)) return {};
    std::vector<std::string> numbers{name.substr(kOrder.size())};
    const std::size_t slash = numbers.front().rfind('/');
    if (slash != std::string::npos) numbers.push_back(numbers.front().substr(0, slash));
    return numbers;
}

}  // namespace

void SociStore::mark_parcels(long long order) { db_.write(sql::kMarkOfOrder, order); }

void SociStore::mark_parcels(ShopId shop, long long id, const Order& order) {
    const long long shop_id = shop.get();
    for (const Parcel& parcel : order.parcels) {
        for (const std::string& name : parcel_names(order, parcel)) {
            db_.write(sql::kMarkByName, id, shop_id, name);
        }
    }
}

Result<long long> SociStore::count_parcels(ShopId shop) {
    // Orders are held one at a time where rows are locked: two that hold several could wait for
    // one another.
    const int most = db_.dialect().locks_rows ? 1 : 500;
    return in_scope([&]() -> Result<long long> {
        std::vector<std::pair<std::string, long long>> waiting;
        {
            const long long shop_id = shop.get();
            std::pair<std::string, long long> row;
            Query query = db_.query(sql::kUncounted);
            query.in(shop_id, most).out(row.first, row.second);
            for (bool more = query.first(); more; more = query.next()) waiting.push_back(row);
        }
        for (const auto& [name, order] : waiting) {
            if (auto counted = count_parcel(shop, name, order); !counted) return counted.error();
        }
        return static_cast<long long>(waiting.size());
    });
}

Result<std::optional<Order>> SociStore::order_of_parcel(ShopId shop, const std::string& name,
                                                        long long known) {
    std::vector<std::string> numbers = numbers_in(name);
    if (known != 0) {
        const long long shop_id = shop.get();
        std::string number;
        if (query(sql::kNumber).in(known, shop_id).out(number).run()) numbers = {number};
    } else if (numbers.empty()) {
        numbers = numbers_of_word(shop, tracking_word(name));
    }
    for (const std::string& number : numbers) {
        auto order = find_order(shop, OrderNumber{number});
        if (!order && order.error().code == ErrorCode::NotFound) continue;
        if (!order) return order.error();
        if (parcel_named(*order, name)) return std::optional<Order>(std::move(*order));
    }
    return std::optional<Order>{};
}

Result<void> SociStore::tell_delivered(ShopId shop, const std::string& parcel, Instant at,
                                       Instant now) {
    if (!hooks_.is_wanted(shop, HookKind::OrderDelivered)) return {};
    auto order = order_of_parcel(shop, parcel, 0);
    if (!order) return order.error();
    if (!*order) return {};
    const int number = parcel_named(**order, parcel).value_or(1);
    return hooks_.tell(shop, HookKind::OrderDelivered, delivery_data((*order)->number, number, at),
                       now);
}

std::vector<std::string> SociStore::numbers_of_word(ShopId shop, const std::string& word) {
    std::vector<std::string> numbers;
    const long long shop_id = shop.get();
    long long last = 0, id = 0;
    std::string number;
    query(sql::kLastOrder).out(last).run();
    for (int segment = search_segment(last); segment >= 0 && numbers.empty(); --segment) {
        Query query = db_.query(sql::kOrdersOfWord);
        query.in(shop_id, segment, word).out(id, number);
        for (bool more = query.first(); more; more = query.next()) numbers.push_back(number);
    }
    return numbers;
}

Result<void> SociStore::count_parcel(ShopId shop, const std::string& name, long long known) {
    const long long shop_id = shop.get();
    auto order = order_of_parcel(shop, name, known);
    if (!order) return order.error();
    if (!*order) {  // not one of ours, or not yet
        const long long none = 0;
        db_.write(sql::kTakeMark, none, shop_id, name);
        return {};
    }
    const auto head = order_table_->find_head(shop.get(), (*order)->number.get());
    if (!head) return {};
    const long long id = head->id;
    order_table_->lock(shop.get(), id);
    const int parcel = *parcel_named(**order, name);
    const auto box = std::find_if((*order)->parcels.begin(), (*order)->parcels.end(),
                                  [&](const Parcel& one) { return one.number == parcel; });
    // The mark goes first: events that come from here on set it again.
    std::vector<std::string> names = parcel_names(**order, *box);
    std::sort(names.begin(), names.end());
    std::vector<CarrierEvent> events;
    for (const std::string& one : names) {
        db_.write(sql::kTakeMark, id, shop_id, one);
        auto told = parcel_events_.events_of(shop, one);
        if (!told) return told.error();
        events.insert(events.end(), told->begin(), told->end());
    }
    auto cards = printed_cards(shop, **order);
    if (!cards) return cards.error();
    const auto entries = parcel_entries(**order, parcel, *cards, events);
    if (auto kept = replace_counted(shop, names, entries); !kept) return kept;
    return recount_rating(shop, id, parcel, *cards, events);
}

Result<std::vector<PrintedCard>> SociStore::printed_cards(ShopId shop, const Order& order) {
    std::vector<PrintedCard> printed;
    auto cards = cards_of(shop, order.number);
    if (!cards) return cards.error();
    for (CardRecord& card : *cards) {
        auto revision = card.insert.revision == order.revision
                            ? Result<Order>(order)
                            : find_order(shop, order.number, card.insert.revision);
        if (!revision) return revision.error();
        printed.push_back({std::move(card), std::move(*revision)});
    }
    return printed;
}

Result<void> SociStore::replace_counted(ShopId shop, std::span<const std::string> names,
                                        std::span<const FigureEntry> entries) {
    const long long shop_id = shop.get();
    std::string before;
    std::vector<std::string> rows;
    for (const std::string& name : names) {
        std::string counted;
        if (!query(sql::kCounted).in(shop_id, name).out(counted).run()) continue;
        rows.push_back(name);
        if (!counted.empty()) before += (before.empty() ? "" : "\n") + counted;
    }
    const std::string after = entries_to_text(entries);
    if (before == after || rows.empty()) return {};
    auto old = parse_entries(before);
    if (!old) return old.error().at(db_.place());
    for (const FigureEntry& entry : *old) append_figures(shop, to_text(entry.reversed()));
    for (const FigureEntry& entry : entries) append_figures(shop, to_text(entry));
    for (const std::string& name : rows) {
        const std::string text = &name == &rows.front() ? after : "";
        db_.write(sql::kKeepCounted, text, shop_id, name);
    }
    return {};
}

Result<void> SociStore::recount_rating(ShopId shop, long long order, int parcel,
                                       std::span<const PrintedCard> cards,
                                       std::span<const CarrierEvent> events) {
    Asked asked;
    asked.order = order;
    if (auto read = read_facts(asked); !read) return read;
    const auto rating = asked.facts.counting();
    if (!rating) return {};
    const auto card = std::find_if(cards.begin(), cards.end(), [&](const PrintedCard& one) {
        return one.card.insert.card == rating->card;
    });
    if (card == cards.end() || card->card.insert.parcel != parcel) return {};
    const FigureEntry entry = entry_of_answer(card->printed, card->card.insert, *rating, events);
    const std::string text = entry.is_empty() ? "" : to_text(entry);
    // Never counted: printed before there were figures.
    if (asked.figures.empty() || text == asked.figures) return {};
    if (auto undone = uncount(shop, asked.figures); !undone) return undone;
    if (!text.empty()) append_figures(shop, text);
    db_.write(sql::kRecountRating, text, order);
    return {};
}

}  // namespace verso::records

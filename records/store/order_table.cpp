// SPDX-License-Identifier: Apache-2.0
#include "records/store/order_table.h"

#include <algorithm>
#include <array>
#include <future>

#include "records/lifecycle/order_fingerprint.h"
#include "records/lifecycle/order_words.h"
#include "records/store/order_body.h"
#include "records/store/statements.h"

namespace verso::records {

namespace {

constexpr std::size_t kHeadsAtOnce = 64;

/// The heads of 64 numbers; a shorter list repeats its last.
std::string heads_statement() {
    std::string text(sql::kOrderHeads);
    for (std::size_t i = 0; i < kHeadsAtOnce; ++i) text += fmt::format("{}:n{}", i ? ", " : "", i);
    return text + ")";
}

/// Runs `work` over [0, count), with a second thread when there is much to do. `work(from, to)`
/// must touch nothing outside of its part.
template <class Work>
void in_halves(std::size_t count, const Work& work) {
    constexpr std::size_t kWorthAThread = 256;
    if (count < kWorthAThread) return work(std::size_t{0}, count);
    auto first = std::async(std::launch::async, [&] { work(std::size_t{0}, count / 2); });
    work(count / 2, count);
    first.get();
}

}  // namespace

std::vector<std::string> fingerprints(std::span<const Order> orders) {
    std::vector<std::string> out(orders.size());
    in_halves(orders.size(), [&](std::size_t from, std::size_t to) {
        for (std::size_t i = from; i < to; ++i) out[i] = order_fingerprint(orders[i]);
    });
    return out;
}

int search_segment(long long order_id) {
    // 2^18 orders: some 40 MB of words, which fit the cache of a connection.
    return static_cast<int>(order_id >> 18);
}

OrderTable::OrderTable(Connection& db)
    : db_(db),
      heads_(db, sql::kHeadColumns),
      bodies_(db, sql::kBodyColumns),
      words_(db, sql::kWordColumns, " ON CONFLICT DO NOTHING") {}

OrderTable::HeadRow::HeadRow(long long of_shop, const OrderToKeep& kept)
    : shop(of_shop), fingerprint(kept.fingerprint), revision(kept.revision) {
    const Order& order = *kept.order;
    number = order.number.get();
    placed_utc = seconds(order.placed_at.utc);
    placed_at = format_time(order.placed_at);
    status = to_string(order.status);
    payment = to_string(order.payment);
    name = order.ship_to.name;
    country = order.ship_to.country;
    language = order.language;
    currency = order.currency;
    total = order.total.minor;
    lines = static_cast<int>(order.lines.size());
    parcels = static_cast<int>(order.parcels.size());
    insider = order.insider ? 1 : 0;
}

void OrderTable::HeadRow::bind(Query& query) {
    query.in(shop, number, fingerprint, revision, placed_utc, placed_at, status, payment, name,
             country, language, currency, total, lines, parcels, insider);
}

std::optional<OrderHead> OrderTable::find_head(long long shop, const std::string& number) {
    OrderHead head;
    if (!db_.query(sql::kOrderHead)
             .in(shop, number)
             .out(head.id, head.revision, head.fingerprint, head.erased, head.said_other)
             .run()) {
        return std::nullopt;
    }
    return head;
}

OrderHeads OrderTable::find_heads(long long shop, std::span<const Order> orders) {
    OrderHeads found;
    std::array<std::string, kHeadsAtOnce> numbers;
    OrderHead head;
    std::string number;
    static const std::string kStatement = heads_statement();
    Query query = db_.query(kStatement);
    query.in(shop);
    for (std::string& slot : numbers) query.in(slot);
    query.out(head.id, number, head.revision, head.fingerprint);
    for (std::size_t from = 0; from < orders.size(); from += kHeadsAtOnce) {
        for (std::size_t i = 0; i < kHeadsAtOnce; ++i) {
            numbers[i] = orders[std::min(from + i, orders.size() - 1)].number.get();
        }
        for (bool more = query.first(); more; more = query.next()) found[number] = head;
    }
    return found;
}

void OrderTable::insert_heads(long long shop, std::span<const OrderToKeep> orders) {
    head_rows_.clear();
    head_rows_.reserve(orders.size());
    for (const OrderToKeep& kept : orders) head_rows_.emplace_back(shop, kept);
    heads_.write(head_rows_);
}

void OrderTable::insert(long long shop, std::span<const OrderToKeep> orders, Instant at) {
    if (orders.empty()) return;
    insert_heads(shop, orders);
    // The keys that the database counted up are read back, because no order of rows is promised.
    std::vector<Order> numbers(orders.size());
    for (std::size_t i = 0; i < orders.size(); ++i) numbers[i].number = orders[i].order->number;
    const OrderHeads heads = find_heads(shop, numbers);
    body_rows_.clear();
    word_rows_.clear();
    body_rows_.resize(orders.size());
    std::vector<std::vector<std::string>> words(orders.size());
    in_halves(orders.size(), [&](std::size_t from, std::size_t to) {
        for (std::size_t i = from; i < to; ++i) {
            body_rows_[i].body = order_to_body(*orders[i].order);
            words[i] = order_words(*orders[i].order);
        }
    });
    for (std::size_t i = 0; i < orders.size(); ++i) {
        const long long id = heads.find(orders[i].order->number.get())->second.id;
        body_rows_[i].order_id = id;
        body_rows_[i].revision = orders[i].revision;
        body_rows_[i].saved_at = seconds(at);
        add_words(shop, id, std::move(words[i]), word_rows_);
    }
    std::sort(word_rows_.begin(), word_rows_.end());
    bodies_.write(body_rows_);
    words_.write(word_rows_);
}

OrderHead OrderTable::lock(long long shop, long long id) {
    OrderHead head{id, 0, "", 0, 0};
    db_.query(sql::kLockOrder).in(id, shop).out(head.revision, head.fingerprint, head.erased).run();
    return head;
}

void OrderTable::update(long long shop, long long id, const OrderToKeep& kept, const Order& before,
                        Instant at) {
    HeadRow row(shop, kept);
    db_.write(sql::kUpdateOrder, row.revision, row.fingerprint, row.placed_utc, row.placed_at,
              row.status, row.payment, row.name, row.country, row.language, row.currency, row.total,
              row.lines, row.parcels, row.insider, id, shop);
    body_rows_.clear();
    body_rows_.push_back({id, kept.revision, seconds(at), order_to_body(*kept.order)});
    bodies_.write(body_rows_);
    update_words(shop, id, before, *kept.order);
}

void OrderTable::add_words(long long shop, long long id, std::vector<std::string> words,
                           std::vector<WordRow>& to) {
    for (std::string& word : words) {
        to.push_back({shop, search_segment(id), std::move(word), id});
    }
}

void OrderTable::update_words(long long shop, long long id, const Order& before,
                              const Order& after) {
    const auto old = order_words(before), now = order_words(after);
    const int segment = search_segment(id);
    for (const std::string& word : old) {
        if (std::binary_search(now.begin(), now.end(), word)) continue;
        db_.write(sql::kDeleteWord, shop, segment, word, id);
    }
    word_rows_.clear();
    add_words(shop, id, now, word_rows_);
    words_.write(word_rows_);
}

Result<std::optional<Order>> OrderTable::said(long long id, const std::string& number) {
    std::string body;
    if (!db_.query(sql::kSaid).in(id).out(body).run()) return std::optional<Order>{};
    auto order = order_from_body(body);
    if (!order) return order.error().at(number);
    order->number = OrderNumber{number};
    return std::optional<Order>{std::move(*order)};
}

void OrderTable::keep_said(long long id, const std::optional<Order>& said) {
    const int other = said ? 1 : 0;
    if (said) {
        const std::string body = order_to_body(*said);
        db_.write(sql::kKeepSaid, id, body);
    } else {
        db_.write(sql::kDropSaid, id);
    }
    db_.write(sql::kMarkSaid, other, id);
}

Result<std::optional<Order>> OrderTable::select(long long id, const std::string& number,
                                                int revision) {
    std::string body;
    if (!db_.query(sql::kSelectBody).in(id, revision).out(body).run()) {
        return std::optional<Order>{};
    }
    auto order = order_from_body(body);
    if (!order) return order.error().at(number);
    order->number = OrderNumber{number};
    order->revision = revision;
    return std::optional<Order>{std::move(*order)};
}

}  // namespace verso::records

// SPDX-License-Identifier: Apache-2.0
#include "records/store/order_table.h"

#include <algorithm>
#include <array>
#include <charconv>
#include <future>
#include <numeric>

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

constexpr std::size_t kWorthAThread = 256;

/// The numbers as PostgreSQL writes an array of text.
std::string list_of_numbers(std::span<const Order> orders) {
    std::string list = "{";
    for (const Order& order : orders) {
        list += list.size() > 1 ? ",\"" : "\"";
        for (const char c : order.number.get()) {
            if (c == '"' || c == '\\') list += '\\';
            list += c;
        }
        list += '"';
    }
    return list + "}";
}

/// Runs `work` over [0, count), with a second thread when there is much to do. `work(from, to)`
/// must touch nothing outside of its part.
template <class Work>
void in_halves(std::size_t count, const Work& work) {
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

OrderTable::HeadRow::HeadRow(long long key, long long of_shop, const OrderToKeep& kept)
    : id(key), shop(of_shop), fingerprint(kept.fingerprint), revision(kept.revision) {
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
    if (!db_.dialect().locks_rows) return find_few_heads(shop, orders);
    const std::string numbers = list_of_numbers(orders);
    OrderHeads found;
    OrderHead head;
    std::string number;
    Query query = db_.query(sql::kOrderHeadsOfList);
    query.in(shop, numbers).out(head.id, number, head.revision, head.fingerprint);
    for (bool more = query.first(); more; more = query.next()) found[number] = head;
    return found;
}

OrderHeads OrderTable::find_few_heads(long long shop, std::span<const Order> orders) {
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

std::vector<long long> OrderTable::take_ids(std::size_t count) {
    std::vector<long long> ids(count);
    if (!db_.dialect().locks_rows) {
        // A transaction that writes is alone: the next ones are what the database would count up.
        long long last = 0;
        db_.query(sql::kLastOrderId).out(last).run();
        std::iota(ids.begin(), ids.end(), last + 1);
        return ids;
    }
    const auto wanted = static_cast<long long>(count);
    std::string list;
    db_.query(sql::kTakeOrderIds).in(wanted).out(list).run();
    const char* at = list.data();
    const char* const end = at + list.size();
    for (long long& id : ids) {
        const auto read = std::from_chars(at, end, id);
        if (read.ec != std::errc{}) throw soci::soci_error("the database gave too few ids");
        at = std::min(read.ptr + 1, end);
    }
    return ids;
}

void OrderTable::insert(long long shop, std::span<const OrderToKeep> orders, Instant at) {
    if (orders.empty()) return;
    const std::vector<long long> ids = take_ids(orders.size());
    body_rows_.clear();
    word_rows_.clear();
    body_rows_.resize(orders.size());
    std::vector<std::vector<std::string>> words(orders.size());
    const auto make = [&](std::size_t from, std::size_t to) {
        for (std::size_t i = from; i < to; ++i) {
            body_rows_[i] = {ids[i], orders[i].revision, seconds(at),
                             order_to_body(*orders[i].order)};
            words[i] = order_words(*orders[i].order);
        }
    };
    head_rows_.clear();
    head_rows_.reserve(orders.size());
    const auto write_heads = [&] {
        for (std::size_t i = 0; i < orders.size(); ++i) {
            head_rows_.emplace_back(ids[i], shop, orders[i]);
        }
        heads_.write_new(head_rows_);
    };
    if (db_.dialect().takes_streams && orders.size() >= kWorthAThread) {
        // The server takes the heads meanwhile.
        auto making = std::async(std::launch::async, make, std::size_t{0}, orders.size());
        write_heads();
        making.get();
    } else {
        write_heads();
        in_halves(orders.size(), make);
    }
    for (std::size_t i = 0; i < orders.size(); ++i) {
        add_words(shop, ids[i], std::move(words[i]), word_rows_);
    }
    bodies_.write_new(body_rows_);
    std::sort(word_rows_.begin(), word_rows_.end());
    words_.write_new(word_rows_);
}

OrderHead OrderTable::lock(long long shop, long long id) {
    OrderHead head{id, 0, "", 0, 0};
    db_.query(sql::kLockOrder).in(id, shop).out(head.revision, head.fingerprint, head.erased).run();
    return head;
}

void OrderTable::update(long long shop, long long id, const OrderToKeep& kept, const Order& before,
                        Instant at) {
    HeadRow row(id, shop, kept);
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

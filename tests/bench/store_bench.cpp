// SPDX-License-Identifier: Apache-2.0
// What the store does in a second, at a size:
//   verso_store_bench PLACE ORDERS [RESPONSES [SEED]]
// PLACE is a folder (SQLite) or a postgresql:// URL of an empty database. Orders are made, a part
// of them is printed and answered by 64 threads; then look-ups of every kind are timed one by one,
// and the figures of a dashboard. With SQLite the same answers are written by the bare C API too.
#include <fmt/format.h>
#include <sqlite3.h>

#include <algorithm>
#include <atomic>
#include <chrono>
#include <filesystem>
#include <random>
#include <thread>

#include "core/domain/card_link.h"
#include "records/figures/figures.h"
#include "records/store/group_writer.h"
#include "records/store/store.h"
#include "tests/records/builders.h"

namespace verso::records {
namespace {

using namespace verso::records::testing;
using Clock = std::chrono::steady_clock;
const ShopId kShop{1};

double since(Clock::time_point start) {
    return std::chrono::duration<double>(Clock::now() - start).count();
}

std::unique_ptr<Store> open(const std::string& place) {
    auto store = open_store(place);
    if (!store) throw std::runtime_error(store.error().text());
    return std::move(*store);
}

std::string number_of(int i) { return "#" + std::to_string(1'000'000 + i); }

Order made_order(int i, std::mt19937& random) {
    static const char* kFirst[] = {"Ada", "Bruno", "Clara", "Denis", "Elsa", "Fabio", "Greta"};
    Order order = sample_order(number_of(i), 1);
    order.ship_to.name = fmt::format("{} Exemple{}", kFirst[random() % 7], random() % 200'000);
    order.email = fmt::format("buyer{}@example.com", random());
    order.parcels[0].tracking = fmt::format("TEST{:010}", i);
    for (int line = 2; line <= 3; ++line) {
        order.lines.push_back(order.lines[0]);
        order.lines.back().line = line;
        order.lines.back().sku = fmt::format("SKU-{}", random() % 2000);
    }
    return order;
}

void make_orders(Store& store, int count, std::mt19937& random) {
    constexpr int kBatch = 2000;
    const auto start = Clock::now();
    std::vector<Order> batch;
    for (int i = 0; i < count; ++i) {
        batch.push_back(made_order(i, random));
        if (static_cast<int>(batch.size()) == kBatch || i + 1 == count) {
            if (auto saved = store.save_orders(kShop, batch, at(0)); !saved) {
                throw std::runtime_error(saved.error().text());
            }
            batch.clear();
        }
    }
    fmt::print("orders            {:>9} {:>10.0f} a second\n", count, count / since(start));
}

std::vector<PrintedInsert> print_some(Store& store, int orders, int count) {
    const auto layout = store.freeze_layout(sample_layout()).value().number;
    std::vector<PrintedInsert> inserts;
    const auto start = Clock::now();
    for (int i = 0; i < count; ++i) {
        const auto which = static_cast<int>((static_cast<long long>(i) * orders) / count);
        inserts.push_back(
            sample_print(OrderNumber{number_of(which)}, layout, static_cast<unsigned>(i)).insert);
    }
    for (std::size_t from = 0; from < inserts.size(); from += 1000) {
        const auto some = std::min<std::size_t>(1000, inserts.size() - from);
        if (auto kept = store.record_prints(kShop, std::span(inserts).subspan(from, some)); !kept) {
            throw std::runtime_error(kept.error().text());
        }
    }
    fmt::print("prints            {:>9} {:>10.0f} a second\n", count, count / since(start));
    return inserts;
}

Response answer(const PrintedInsert& insert, int i) {
    Response response = sample_response(insert, 1 + i % 5, Channel::Qr);
    response.recorded_at = at(1000 + i);
    return response;
}

/// 64 threads, each answer durable before the next of its thread.
double answer_by_many(const std::string& place, const std::vector<PrintedInsert>& inserts) {
    constexpr int kThreads = 64;
    std::atomic<int> next{0}, failed{0};
    const int count = static_cast<int>(inserts.size());
    const bool server = is_postgres_url(place);
    std::unique_ptr<GroupWriter> writer;
    std::vector<std::unique_ptr<Store>> own;
    if (!server) writer = std::make_unique<GroupWriter>(open(place));
    for (int i = 0; server && i < kThreads; ++i) own.push_back(open(place));
    const auto one = [&](Store& store, int i) -> Result<void> {
        auto kept = store.record_response(kShop, answer(inserts[std::size_t(i)], i), std::nullopt);
        if (!kept) return kept.error();
        return {};
    };
    const auto start = Clock::now();
    std::vector<std::thread> threads;
    for (int t = 0; t < kThreads; ++t) {
        threads.emplace_back([&, t] {
            for (int i = next++; i < count; i = next++) {
                const auto kept = server
                                      ? one(*own[std::size_t(t)], i)
                                      : writer->write([&](Store& store) { return one(store, i); });
                if (!kept) ++failed;
            }
        });
    }
    for (auto& thread : threads) thread.join();
    const double rate = count / since(start);
    fmt::print("answers, 64 at once {:>7} {:>10.0f} a second, {} failed\n", count, rate,
               failed.load());
    return rate;
}

/// The rows of an answer by the bare C API, 64 in a transaction, into the same database.
double answer_bare(const std::string& path, const std::vector<PrintedInsert>& inserts) {
    sqlite3* db = nullptr;
    if (sqlite3_open(path.c_str(), &db) != SQLITE_OK) throw std::runtime_error("open");
    const auto run = [&](const char* text) {
        if (sqlite3_exec(db, text, nullptr, nullptr, nullptr) != SQLITE_OK) {
            throw std::runtime_error(sqlite3_errmsg(db));
        }
    };
    run("PRAGMA journal_mode = WAL");
    run("PRAGMA synchronous = FULL");
    run("PRAGMA foreign_keys = ON");
    const auto prepare = [&](const char* text) {
        sqlite3_stmt* made = nullptr;
        if (sqlite3_prepare_v2(db, text, -1, &made, nullptr) != SQLITE_OK) {
            throw std::runtime_error(sqlite3_errmsg(db));
        }
        return made;
    };
    auto* card = prepare(
        "SELECT o.id, b.body, c.state FROM card c JOIN printed_insert i ON i.id ="
        " c.printed_insert_id JOIN customer_order o ON o.id = i.order_id JOIN order_body b ON"
        " b.order_id = o.id AND b.revision = i.revision WHERE c.id = ?1");
    auto* rating = prepare("SELECT answers FROM rating WHERE order_id = ?1");
    auto* response = prepare(
        "INSERT INTO response (order_id, card_id, channel, answers, comment, publish, recorded_at,"
        " kind, products, outcome) VALUES (?1, ?2, 'qr', ?3, '', 0, ?4, 'scores', '{}', 'first')");
    auto* insert = prepare(
        "INSERT INTO rating (order_id, card_id, channel, answers, comment, publish, recorded_at,"
        " products, answered_at, figures) VALUES (?1, ?2, 'qr', ?3, '', 0, ?4, '{}', ?4, ?5)");
    auto* figures = prepare("INSERT INTO figure_entry (shop_id, entry) VALUES (1, ?1)");
    auto* move = prepare("UPDATE card SET state = 'final', changed_at = ?2 WHERE id = ?1");
    const std::string entry(700, 'x');  // about what an entry has
    const auto step = [&](sqlite3_stmt* statement) {
        const int code = sqlite3_step(statement);
        if (code != SQLITE_ROW && code != SQLITE_DONE) throw std::runtime_error(sqlite3_errmsg(db));
        return code == SQLITE_ROW;
    };
    const auto start = Clock::now();
    for (std::size_t i = 0; i < inserts.size(); ++i) {
        if (i % 64 == 0) run("BEGIN IMMEDIATE");
        const auto id = static_cast<sqlite3_int64>(inserts[i].card.get());
        sqlite3_bind_int64(card, 1, id);
        if (!step(card)) throw std::runtime_error("no card");
        const auto order = sqlite3_column_int64(card, 0);
        sqlite3_reset(card);
        sqlite3_bind_int64(rating, 1, order);
        step(rating);
        sqlite3_reset(rating);
        const std::string answers = fmt::format("{{\"overall\":{},\"delivery\":1}}", 1 + i % 5);
        for (auto* statement : {response, insert}) {
            sqlite3_bind_int64(statement, 1, order);
            sqlite3_bind_int64(statement, 2, id);
            sqlite3_bind_text(statement, 3, answers.data(), int(answers.size()), SQLITE_STATIC);
            sqlite3_bind_int64(statement, 4, 1'790'000'000 + sqlite3_int64(i));
            if (statement == insert) {
                sqlite3_bind_text(statement, 5, entry.data(), int(entry.size()), SQLITE_STATIC);
            }
            step(statement);
            sqlite3_reset(statement);
        }
        sqlite3_bind_text(figures, 1, entry.data(), int(entry.size()), SQLITE_STATIC);
        step(figures);
        sqlite3_reset(figures);
        sqlite3_bind_int64(move, 1, id);
        sqlite3_bind_int64(move, 2, 1'790'000'000);
        step(move);
        sqlite3_reset(move);
        if (i % 64 == 63 || i + 1 == inserts.size()) run("COMMIT");
    }
    const double rate = double(inserts.size()) / since(start);
    for (auto* statement : {card, rating, response, insert, figures, move}) {
        sqlite3_finalize(statement);
    }
    // These rows hold no figures that could be folded.
    run("DELETE FROM figure_entry WHERE entry LIKE 'x%'");
    run("UPDATE rating SET figures = '' WHERE figures LIKE 'x%'");
    sqlite3_close(db);
    fmt::print("the same, bare API  {:>7} {:>10.0f} a second\n", inserts.size(), rate);
    return rate;
}

void time_look_ups(Store& store, int orders, const std::vector<PrintedInsert>& inserts,
                   std::mt19937& random) {
    const auto sample = [&](const char* what, const std::function<std::string(int)>& text) {
        std::vector<double> ms;
        int found = 0;
        for (int i = 0; i < 500; ++i) {
            const std::string typed = text(static_cast<int>(random() % unsigned(orders)));
            const auto start = Clock::now();
            found += store.search_orders(kShop, typed, 20).value().empty() ? 0 : 1;
            ms.push_back(since(start) * 1000);
        }
        std::sort(ms.begin(), ms.end());
        fmt::print("look-up {:<12} p50 {:.2f} ms, p99 {:.2f} ms, {} of 500 found\n", what, ms[250],
                   ms[495], found);
    };
    const auto insert = [&](int i) { return inserts[std::size_t(i) % inserts.size()]; };
    const auto order = [&](int i) {
        return store.find_order(kShop, OrderNumber{number_of(i)}).value();
    };
    sample("order", [&](int i) { return number_of(i); });
    sample("card", [&](int i) { return format_card(insert(i).card); });
    sample("RMA", [&](int i) { return format_rma(insert(i).rma); });
    sample("tracking", [&](int i) { return fmt::format("TEST{:010}", i); });
    sample("e-mail", [&](int i) { return order(i).email; });
    sample("name", [&](int i) { return order(i).ship_to.name; });
    sample("name, first 5", [&](int i) { return order(i).ship_to.name.substr(0, 5); });
    sample("nobody", [&](int i) { return fmt::format("nobody{}", i); });
}

void time_figures(Store& store) {
    const auto folding = Clock::now();
    (void)store.figure_cells(kShop, FigureQuery{}).value();
    fmt::print("folding what waits  {:.2f} s\n", since(folding));
    const CellSource source = [&](const FigureQuery& query) {
        return store.figure_cells(kShop, query);
    };
    for (const char* by : {"", "carrier", "sku", "week"}) {
        const auto start = Clock::now();
        const auto figures = read_figures(source, {by, {}, {}, 20'800}, {});
        fmt::print("figures {:<10} {:.1f} ms{}\n", by, since(start) * 1000,
                   figures ? "" : " " + figures.error().text());
    }
}

int run(const std::string& place, int orders, int responses, unsigned seed) {
    const std::string database =
        is_postgres_url(place) ? place : (std::filesystem::path(place) / "bench.db").string();
    fmt::print("{} orders, {} answers, seed {}\n", orders, responses, seed);
    std::mt19937 random(seed);
    std::vector<PrintedInsert> inserts;
    {
        auto store = open(database);
        make_orders(*store, orders, random);
        inserts = print_some(*store, orders, 2 * responses);
    }
    const std::vector<PrintedInsert> ours(inserts.begin(), inserts.begin() + responses);
    const std::vector<PrintedInsert> theirs(inserts.begin() + responses, inserts.end());
    const double rate = answer_by_many(database, ours);
    if (!is_postgres_url(place)) {
        fmt::print("ratio               {:.2f}\n", rate / answer_bare(database, theirs));
    }
    auto store = open(database);
    time_look_ups(*store, orders, inserts, random);
    time_figures(*store);
    return 0;
}

}  // namespace
}  // namespace verso::records

int main(int argc, char** argv) {
    if (argc < 3) {
        fmt::print(stderr, "usage: verso_store_bench FOLDER|URL ORDERS [ANSWERS [SEED]]\n");
        return 2;
    }
    const int orders = std::atoi(argv[2]);
    const int answers = argc > 3 ? std::atoi(argv[3]) : orders / 10;
    try {
        return verso::records::run(argv[1], orders, answers,
                                   argc > 4 ? unsigned(std::atoi(argv[4])) : 1);
    } catch (const std::exception& error) {
        fmt::print(stderr, "{}\n", error.what());
        return 1;
    }
}

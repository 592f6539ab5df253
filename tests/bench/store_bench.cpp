// SPDX-License-Identifier: Apache-2.0
// What the store does in a second, at a size:
//   verso_store_bench PLACE ORDERS [RESPONSES [SEED]]
// PLACE is a folder (SQLite) or a postgresql:// URL of an empty database. Orders are made, a part
// of them is printed and answered by 64 threads; then look-ups of every kind are timed one by one,
// and the figures of a dashboard. With SQLite the same answers are written by the bare C API too.
#include <fmt/format.h>
#include <sqlite3.h>

#include <atomic>
#include <chrono>
#include <filesystem>
#include <thread>

#include "records/store/group_writer.h"
#include "tests/bench/store_fill.h"

namespace verso::records::bench {
namespace {

using Clock = std::chrono::steady_clock;

double since(Clock::time_point start) {
    return std::chrono::duration<double>(Clock::now() - start).count();
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
        auto kept =
            store.record_response(kShop, answer_to(inserts[std::size_t(i)], i), std::nullopt);
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
}  // namespace verso::records::bench

int main(int argc, char** argv) {
    if (argc < 3) {
        fmt::print(stderr, "usage: verso_store_bench FOLDER|URL ORDERS [ANSWERS [SEED]]\n");
        return 2;
    }
    const int orders = std::atoi(argv[2]);
    const int answers = argc > 3 ? std::atoi(argv[3]) : orders / 10;
    try {
        return verso::records::bench::run(argv[1], orders, answers,
                                          argc > 4 ? unsigned(std::atoi(argv[4])) : 1);
    } catch (const std::exception& error) {
        fmt::print(stderr, "{}\n", error.what());
        return 1;
    }
}

// SPDX-License-Identifier: Apache-2.0
// The store when it has grown: look-ups of every kind and the figures of a dashboard.
//   verso_size_bench PLACE ORDERS [RESPONSES [SEED]]     default a sixth of the orders, 1
//   verso_size_bench PLACE ORDERS RESPONSES SEED again   the same, of what an earlier run filled
// PLACE is a folder (SQLite) or a postgresql:// URL of an empty database. Every response has its
// print; all are spread over two years.
#include <fmt/format.h>

#include <cstdlib>
#include <filesystem>
#include <string_view>

#include "tests/bench/store_fill.h"
#include "tests/bench/store_grow.h"

namespace verso::records::bench {
namespace {

int run(const std::string& place, int orders, int responses, unsigned seed, bool again) {
    const std::string database =
        is_postgres_url(place) ? place : (std::filesystem::path(place) / "size.db").string();
    fmt::print("{} orders, {} responses, seed {}\n", orders, responses, seed);
    std::mt19937 random(seed);
    if (!again) grow_store(database, orders, responses);
    std::vector<PrintedInsert> inserts;
    for (int i = 0; i < responses; i += 7) inserts.push_back(grown_print(i, orders, responses));
    auto store = open(database);
    if (database == place) {
        fmt::print("on PostgreSQL\n");
    } else {
        fmt::print("file              {:>9} MB\n",
                   std::filesystem::file_size(database) / 1'000'000);
    }
    time_look_ups(*store, orders, inserts, random, 2000);
    time_figures(*store);
    return 0;
}

}  // namespace
}  // namespace verso::records::bench

int main(int argc, char** argv) {
    if (argc < 3) {
        fmt::print(stderr,
                   "usage: verso_size_bench FOLDER|URL ORDERS [RESPONSES [SEED [again]]]\n");
        return 2;
    }
    const int orders = std::atoi(argv[2]);
    const int responses = argc > 3 ? std::atoi(argv[3]) : orders / 6;
    const unsigned seed = argc > 4 ? unsigned(std::atoi(argv[4])) : 1;
    try {
        return verso::records::bench::run(argv[1], orders, responses, seed,
                                          argc > 5 && std::string_view(argv[5]) == "again");
    } catch (const std::exception& error) {
        fmt::print(stderr, "{}\n", error.what());
        return 1;
    }
}

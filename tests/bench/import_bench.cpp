// SPDX-License-Identifier: Apache-2.0
// Orders of three lines each, from a neutral CSV that it writes itself: parsed only, and imported
// into a store. Each is done in a process of its own, so that the peak of memory is its own.
//   verso_import_bench [ORDERS] [SEED] [PLACE]     default 100000 1 $TMPDIR
//   verso_import_bench ORDERS SEED PLACE scatter   the rows of one order stand far apart
// PLACE is a folder (SQLite) or a postgresql:// URL of an empty database.
#include <fmt/format.h>
#include <sys/resource.h>
#include <sys/wait.h>
#include <unistd.h>

#include <chrono>
#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <functional>
#include <iostream>
#include <random>
#include <string>

#include "records/import/importer.h"
#include "records/import/order_formats.h"

namespace verso::records {
namespace {

namespace fs = std::filesystem;

std::string order_row(int number, int line, unsigned chance) {
    constexpr const char* kNames[] = {"Zoé Specimen", "Jörg Beispiel", "Anna Sample"};
    constexpr const char* kTitles[] = {"Specimen soap, lavender", "Specimen tea",
                                       "Candle \"dusk\""};
    std::string title = kTitles[(chance + static_cast<unsigned>(line)) % 3];
    if (title.find('"') != std::string::npos) title = "\"Candle \"\"dusk\"\"\"";
    if (title.find(',') != std::string::npos) title = '"' + title + '"';
    return fmt::format(
        "#{0},1,2026-10-{1:02}T{2:02}:36:43+02:00,open,paid,2026-10-{1:02}T{2:02}:36:47+02:00,,EUR,"
        "fr,"
        "client{0}@example.com,+33 1 99 00 05 06,{3},,{4} bis rue de l’Exemple,,{5},Exempleville,,"
        "FR,2026-11-05,Example Post,Parcel,1,TEST-{0}-1,{6},SPEC-{7},2000000044736,{8},125 g,{9},"
        "6.90,{10}.{11:02},E-08-{6},4.90,66.50,\n",
        number, 1 + chance % 28, chance % 24, kNames[chance % 3], chance % 200,
        10000 + chance % 80000, line, chance % 977, title, 1 + chance % 3,
        (1 + chance % 3) * 690 / 100, (1 + chance % 3) * 690 % 100);
}

void write_csv(const fs::path& file, int orders, unsigned seed, bool scatter) {
    std::ofstream out(file, std::ios::binary);
    out << "order,revision,placed_at,status,payment,paid_at,cancelled_at,currency,language,email,"
           "phone,name,company,line1,line2,postcode,city,region,country,promised_on,carrier,"
           "service,"
           "parcel,tracking,line,sku,ean,title,variant,quantity,unit_price,line_total,bin,shipping,"
           "total,note\n";
    const auto row = [&](int order, int line) {
        std::minstd_rand random(seed + static_cast<unsigned>(order) * 7919U);
        out << order_row(order, line, static_cast<unsigned>(random()) / 8);
    };
    if (scatter) {
        for (int line = 1; line <= 3; ++line) {
            for (int order = 1; order <= orders; ++order) row(order, line);
        }
    } else {
        for (int order = 1; order <= orders; ++order) {
            for (int line = 1; line <= 3; ++line) row(order, line);
        }
    }
}

struct NullSink final : OrderSink {
    bool take(Order order, std::size_t) override {
        orders += order.lines.empty() ? 0 : 1;
        return true;
    }
    bool take(OrderUpdate) override { return true; }
    void refuse(RejectedRow row) override { std::cerr << row.line << ": " << row.reason << '\n'; }
    void count_refused_order() override {}
    void remark(std::string) override {}
    std::size_t orders = 0;
};

std::size_t parse(const fs::path& file) {
    NullSink sink;
    auto source = file_source(file);
    if (!source) return 0;
    auto read = read_orders(**source, ImportFormat::Auto, sink);
    if (!read) std::cerr << read.error().text() << '\n';
    return sink.orders;
}

std::size_t import(const fs::path& file, const std::string& database) {
    auto store = open_store(database);
    if (!store) std::cerr << store.error().text() << '\n';
    if (!store) return 0;
    auto report = import_order_file(**store, ShopId{1}, file, ImportFormat::Auto, system_clock());
    if (!report) std::cerr << report.error().text() << '\n';
    return report ? report->orders_new + report->orders_unchanged : 0;
}

/// Runs it in a child: orders a second, and what memory it had at most.
bool measure(const std::string& what, const std::function<std::size_t()>& work) {
    using Clock = std::chrono::steady_clock;
    const auto start = Clock::now();
    const pid_t child = ::fork();
    if (child == 0) {
        const std::size_t orders = work();
        rusage used{};
        ::getrusage(RUSAGE_SELF, &used);
        const double seconds = std::chrono::duration<double>(Clock::now() - start).count();
        const auto cpu = [](const timeval& t) {
            return static_cast<double>(t.tv_sec) + static_cast<double>(t.tv_usec) / 1e6;
        };
        std::cout << fmt::format(
                         "{:<14} {:>8} orders, {:>7.2f} s, {:>7.0f} orders/s, {:.2f} s of "
                         "processor, peak {} MB\n",
                         what, orders, seconds, static_cast<double>(orders) / seconds,
                         cpu(used.ru_utime) + cpu(used.ru_stime), used.ru_maxrss / 1024)
                  << std::flush;
        ::_exit(orders > 0 ? 0 : 1);
    }
    int status = 0;
    return ::waitpid(child, &status, 0) == child && status == 0;
}

int run(int orders, unsigned seed, const std::string& place, bool scatter) {
    const bool server = is_postgres_url(place);
    const fs::path folder = server ? fs::temp_directory_path() : fs::path(place);
    const fs::path file = folder / "import_bench.csv";
    const std::string database = server ? place : (folder / "import_bench.db").string();
    if (!server) fs::remove(database);
    write_csv(file, orders, seed, scatter);
    std::cout << fmt::format("{} orders, seed {}, {} MB{}\n", orders, seed,
                             fs::file_size(file) / 1'000'000, scatter ? ", scattered" : "")
              << std::flush;
    bool good = measure("parse", [&] { return parse(file); });
    good = measure("import", [&] { return import(file, database); }) && good;
    good = measure("import again", [&] { return import(file, database); }) && good;
    for (const char* more : {"", "-wal", "-shm"}) {
        if (!server) fs::remove(database + more);
    }
    fs::remove(file);
    return good ? 0 : 1;
}

}  // namespace
}  // namespace verso::records

int main(int argc, char** argv) {
    const int orders = argc > 1 ? std::atoi(argv[1]) : 100'000;
    const unsigned seed = argc > 2 ? static_cast<unsigned>(std::atoi(argv[2])) : 1;
    const std::string place = argc > 3 ? argv[3] : std::filesystem::temp_directory_path().string();
    return verso::records::run(orders, seed, place, argc > 4 && std::string(argv[4]) == "scatter");
}

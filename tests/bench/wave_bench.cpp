// SPDX-License-Identifier: Apache-2.0
// Waves as a shop prints them, through the store and into files; not a Google Benchmark, because it
// is about threads, memory and the disk. Two ways to call it:
//   verso_wave_bench ratio [INSERTS]              one file, one thread and two in turn
//   verso_wave_bench wave INSERTS THREADS FOLDER  a whole wave; 100000 takes a minute or more
#include <fmt/format.h>
#include <sys/resource.h>
#include <sys/wait.h>
#include <unistd.h>

#include <algorithm>
#include <chrono>
#include <cstdlib>
#include <filesystem>
#include <iostream>
#include <sstream>
#include <string>

#include "app/print_wave.h"
#include "app/work_crew.h"
#include "generator/pdf/pdf_writer.h"
#include "generator/pdf/set_page.h"
#include "specimens.h"

namespace verso::app {
namespace {

namespace fs = std::filesystem;

constexpr int kDeflateLevel = 6;

double wall_now() {
    using Seconds = std::chrono::duration<double>;
    return Seconds(std::chrono::steady_clock::now().time_since_epoch()).count();
}

double cpu_now() {
    rusage used{};
    ::getrusage(RUSAGE_SELF, &used);
    const auto seconds = [](const timeval& t) {
        return static_cast<double>(t.tv_sec) + static_cast<double>(t.tv_usec) / 1e6;
    };
    return seconds(used.ru_utime) + seconds(used.ru_stime);
}

double peak_mb() {
    rusage used{};
    ::getrusage(RUSAGE_SELF, &used);
    return static_cast<double>(used.ru_maxrss) / 1024;
}

Order order_number(int number) {
    const char* languages[] = {"fr", "de", "en"};
    Order order = generator::specimen_order(languages[number % 3], 1 + number % 6);
    order.number = OrderNumber("#" + std::to_string(100000 + number));
    order.payment = PaymentStatus::Paid;
    order.lines.front().bin = fmt::format("{:c}-{}", 'A' + number % 20, number % 97);
    return order;
}

/// One file of a4-fold inserts: identity, QR, layout, painting, document. Seconds on the wall.
double one_file(int inserts, int threads, std::string& bytes) {
    struct Piece {
        CardIdentity card;
        Rma rma;
        std::vector<generator::SetPage> pages;
    };
    std::vector<Order> orders;
    for (int i = 0; i < inserts; ++i) orders.push_back(order_number(i));
    const Shop shop = generator::specimen_shop();
    const auto press = generator::a4_fold();
    const auto fonts = generator::specimen_fonts();
    const double start = wall_now();
    SeededRandom random(7);
    std::vector<Piece> pieces(orders.size());
    for (auto& piece : pieces) {
        piece.card = make_card(LayoutNumber(1), random);
        piece.rma = make_rma(random.bits());
    }
    WorkCrew crew(threads);
    auto batch = crew.begin(pieces.size(), [&](std::size_t i) {
        Piece& piece = pieces.at(i);
        const auto set =
            press->lay_out({orders.at(i), 1, shop, piece.card, piece.rma, nullptr}).value();
        for (const auto& page : set.pages) {
            piece.pages.push_back(generator::set_page(*fonts, page, kDeflateLevel).value());
        }
    });
    generator::PdfWriter writer(fonts, {});
    for (std::size_t i = 0; i < pieces.size(); ++i) {
        crew.wait_for(*batch, i);
        for (auto& page : pieces.at(i).pages) {
            if (!writer.add_page(std::move(page))) std::abort();
        }
        pieces.at(i).pages.clear();
    }
    bytes = writer.finish().value();
    return wall_now() - start;
}

int ratio(int inserts) {
    std::string one_bytes, two_bytes;
    double one = 1e9, two = 1e9;
    for (int round = 0; round < 7; ++round) {  // in turn, the best of each: others use the machine
        one = std::min(one, one_file(inserts, 1, one_bytes));
        two = std::min(two, one_file(inserts, 2, two_bytes));
    }
    std::cout << fmt::format(
        "{} a4-fold inserts in one file: one thread {:.0f}/s, two {:.0f}/s, ratio {:.2f}, "
        "{} bytes each, {}\n",
        inserts, inserts / one, inserts / two, one / two,
        one_bytes.size() / static_cast<std::size_t>(inserts),
        one_bytes == two_bytes ? "same bytes" : "DIFFERENT BYTES");
    return one_bytes == two_bytes ? 0 : 1;
}

void fill_home(const Home& home, int inserts) {
    Shop shop = generator::specimen_shop();
    if (!make_home(home, format_config(shop))) std::abort();
    auto store = records::open_sqlite_store(home.database().string()).value();
    auto all = store->begin().value();
    for (int i = 0; i < inserts; ++i) {
        if (!store->save_order(kFirstShop, order_number(i), Instant{})) std::abort();
    }
    if (!all->commit()) std::abort();
}

int wave(int inserts, int threads, const fs::path& folder) {
    const Home home(folder / "home");
    if (const pid_t child = ::fork(); child == 0) {  // so that its memory does not count
        fill_home(home, inserts);
        ::_exit(0);
    } else {
        ::waitpid(child, nullptr, 0);
    }
    std::ostringstream results, remarks;
    Output out(results, remarks, {});
    auto open = open_home(Call{home.root().string(), out}).value();
    WaveRequest request;
    request.print.template_name = "a4-fold";
    request.print.manifest = folder / "wave.jsonl";
    request.print.threads = threads;
    request.folder = folder / "out";
    request.separators = true;
    const double start = wall_now(), cpu = cpu_now();
    int printed = 0;
    const PrintSink sink{[&](const FinishedInsert&) { ++printed; }, [](const SkippedParcel&) {},
                         [](const std::string&) {}};
    auto report = print_wave(open, request, {system_random(), system_clock(), out, {}}, sink);
    if (!report) {
        std::cerr << report.error().text() << "\n";
        return 1;
    }
    std::cout << fmt::format(
        "wave of {} a4-fold inserts, {} files, {} threads: {:.1f} s, {:.0f} inserts/s, {:.1f} CPU "
        "s, peak memory {:.0f} MB\n",
        printed, report->files, threads, wall_now() - start, printed / (wall_now() - start),
        cpu_now() - cpu, peak_mb());
    return 0;
}

}  // namespace
}  // namespace verso::app

int main(int argc, char** argv) {
    const std::string what = argc > 1 ? argv[1] : "";
    if (what == "ratio") return verso::app::ratio(argc > 2 ? std::atoi(argv[2]) : 1000);
    if (what == "wave" && argc == 5) {
        return verso::app::wave(std::atoi(argv[2]), std::atoi(argv[3]), argv[4]);
    }
    std::cerr << "ratio [INSERTS] | wave INSERTS THREADS FOLDER\n";
    return 2;
}

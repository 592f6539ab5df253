// SPDX-License-Identifier: Apache-2.0
// What reader processes bring and cost, in one run:
//   verso_worker_bench                 pages/s with one and with two processes, turn about, and the
//                                      ratio of the best; the processor time of the program itself
//                                      against that of its readers, which bounds the ratio on a
//                                      machine that has other work; what starting a process takes
//   verso_worker_bench --memory N      memory of one process after 10, 50 and 100 % of N pages
// The pictures are answer sides at 300 dpi as JPEG, made once.
#include <fmt/format.h>
#include <sys/resource.h>

#include <algorithm>
#include <chrono>
#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <string>

#include "scanner/lab/encode.h"
#include "scanner/worker/worker_main.h"
#include "scanner/worker/worker_pool.h"
#include "tests/support/card_raster.h"

namespace {

namespace fs = std::filesystem;
using namespace verso;
using Clock = std::chrono::steady_clock;

double seconds_since(Clock::time_point start) {
    return std::chrono::duration<double>(Clock::now() - start).count();
}

/// Some different cards in a folder that goes with this.
class Pictures {
  public:
    explicit Pictures(int count)
        : folder_(fs::temp_directory_path() / ("verso-bench-" + std::to_string(::getpid()))) {
        fs::create_directories(folder_);
        for (int i = 0; i < count; ++i) {
            test::CardPicture card(300, test::sample_identity(unsigned(i) + 1));
            card.mark("overall", 1 + i % 5).mark("described", 5).mark("again", 3);
            card.mark("delivery", 1).mark("complete", 1).write_comment();
            const auto image = card.scanned({0.8, 1, 0, 255, 0, 0.6, 2});
            files.push_back((folder_ / (std::to_string(i) + ".jpg")).string());
            std::ofstream(files.back(), std::ios::binary) << scanner::lab::encode_jpeg(image, 85);
        }
    }
    ~Pictures() { fs::remove_all(folder_); }
    Pictures(const Pictures&) = delete;
    Pictures& operator=(const Pictures&) = delete;

    std::vector<std::string> files;

  private:
    fs::path folder_;
};

scanner::WorkerPool pool_of(int workers) {
    scanner::WorkerPool pool({"/proc/self/exe", "read-worker"});
    if (!pool.start(workers) || !pool.prepare({}, {test::sample_layout()})) std::abort();
    return pool;
}

/// Reads that many pages, the pictures again and again; `after` is told how many are done.
template <class After>
void read(scanner::WorkerPool& pool, const Pictures& pictures, int pages, After after) {
    int next = 0, done = 0;
    const auto read = pool.read(
        [&]() -> std::optional<scanner::FileTask> {
            if (next == pages) return std::nullopt;
            return scanner::FileTask{pictures.files[std::size_t(next++) % pictures.files.size()],
                                     {}};
        },
        [&](const scanner::FileResult& result) {
            if (result.pages.size() != 1 ||
                result.pages[0].readings.at(0).verdict != Verdict::Accepted) {
                fmt::print("{} was not accepted\n", result.name);
            }
            after(++done);
            return true;
        });
    if (!read) fmt::print("{}\n", read.error().text());
}

/// Processor seconds that this process has used.
double own_seconds() {
    rusage used{};
    ::getrusage(RUSAGE_SELF, &used);
    const auto seconds = [](const timeval& t) {
        return double(t.tv_sec) + double(t.tv_usec) / 1e6;
    };
    return seconds(used.ru_utime) + seconds(used.ru_stime);
}

/// The same of a reader (proc(5), schedstat).
double seconds_of(pid_t pid) {
    std::ifstream in("/proc/" + std::to_string(pid) + "/schedstat");
    double nanoseconds = 0;
    in >> nanoseconds;
    return nanoseconds / 1e9;
}

double pages_per_second(scanner::WorkerPool& pool, const Pictures& pictures, int pages) {
    const auto start = Clock::now();
    read(pool, pictures, pages, [](int) {});
    return pages / seconds_since(start);
}

void compare() {
    const Pictures pictures(24);
    constexpr int kPages = 240, kRounds = 5;
    const auto start = Clock::now();
    auto one = pool_of(1);
    pages_per_second(one, pictures, 1);
    fmt::print("first page of a new process after {:.1f} ms\n", seconds_since(start) * 1e3);
    auto two = pool_of(2);
    pages_per_second(two, pictures, 24);
    double best_one = 0, best_two = 0;
    const double own = own_seconds(), reader = seconds_of(one.pids().front());
    for (int round = 0; round < kRounds; ++round) {
        const double alone = pages_per_second(one, pictures, kPages);
        const double both = pages_per_second(two, pictures, kPages);
        best_one = std::max(best_one, alone);
        best_two = std::max(best_two, both);
        fmt::print("1 process {:6.1f} pages/s, 2 processes {:6.1f} pages/s, ratio {:.2f}\n", alone,
                   both, both / alone);
    }
    const double readers = seconds_of(one.pids().front()) - reader;
    fmt::print("a page costs its reader {:.2f} ms and this program {:.3f} ms of processor time\n",
               readers * 1e3 / (kRounds * kPages),
               (own_seconds() - own) * 1e3 / (2 * kRounds * kPages));
    fmt::print("best of {}: {:.1f} and {:.1f} pages/s, ratio {:.2f}\n", kRounds, best_one, best_two,
               best_two / best_one);
}

/// "12.3 MB now, 15.0 MB at most" (proc(5), status).
std::string memory_of(pid_t pid) {
    std::ifstream in("/proc/" + std::to_string(pid) + "/status");
    double now = 0, most = 0;
    for (std::string word; in >> word;) {
        if (word == "VmRSS:") in >> now;
        if (word == "VmHWM:") in >> most;
    }
    return fmt::format("{:.1f} MB now, {:.1f} MB at most", now / 1024, most / 1024);
}

void watch_memory(int pages) {
    const Pictures pictures(24);
    auto pool = pool_of(1);
    read(pool, pictures, pages, [&](int done) {
        for (const int percent : {1, 10, 50, 100}) {
            if (done == std::max(1, int(std::int64_t(pages) * percent / 100)))
                fmt::print("{:6} pages: {}\n", done, memory_of(pool.pids().front()));
        }
    });
    fmt::print("{} processes had to be replaced\n", pool.refilled());
}

}  // namespace

int main(int argc, char** argv) {
    const std::string mode = argc > 1 ? argv[1] : "";
    if (mode == "read-worker") return verso::scanner::worker_main();
    if (mode == "--memory") {
        watch_memory(argc > 2 ? std::atoi(argv[2]) : 1000);
    } else {
        compare();
    }
    return 0;
}

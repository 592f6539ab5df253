// SPDX-License-Identifier: Apache-2.0
#include <gtest/gtest.h>
#include <signal.h>
#include <spawn.h>
#include <sys/wait.h>
#include <unistd.h>

#include <chrono>
#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <functional>
#include <map>
#include <random>
#include <thread>

#include "records/store/spool_book.h"
#include "tests/support/fake_zebra.h"
#include "tests/support/ipp_printer.h"

extern char** environ;

namespace verso {
namespace {

namespace fs = std::filesystem;
using namespace std::chrono_literals;
using records::PersonSays;
using records::PrintJob;
using records::PrintState;

/// Kills in each test; VERSO_CRASH_KILLS asks for more.
int wanted_kills() {
    const char* text = std::getenv("VERSO_CRASH_KILLS");
    return text != nullptr ? std::atoi(text) : 12;
}

pid_t spawn(std::vector<std::string> words) {
    std::vector<char*> arguments;
    for (auto& word : words) arguments.push_back(word.data());
    arguments.push_back(nullptr);
    pid_t process = 0;
    if (::posix_spawn(&process, arguments[0], nullptr, nullptr, arguments.data(), environ) != 0)
        return -1;
    return process;
}

int wait_for(pid_t process) {
    int status = 0;
    ::waitpid(process, &status, 0);
    return status;
}

/// What is on paper: how many times each page "doc-label", and whether more may still come.
using Paper = std::map<std::string, int>;
using LookAtPaper = std::function<Paper()>;

class PrintingCrash : public ::testing::Test {
  protected:
    void SetUp() override {
        folder_ = fs::temp_directory_path() / ("verso-crash-" + std::to_string(::getpid()));
        fs::remove_all(folder_);
        fs::create_directories(folder_ / "documents");
        run({VERSO_PROGRAM, "--quiet", "--home", home(), "init", "--shop", "Essai", "--link-host",
             "avis.example.com"});
        seed_ = std::random_device{}();
        if (const char* text = std::getenv("VERSO_SEED")) seed_ = std::stoul(text);
        std::printf("seed %lu\n", static_cast<unsigned long>(seed_));
        random_.seed(seed_);
    }
    void TearDown() override {
        if (!HasFailure()) fs::remove_all(folder_);
    }
    std::string home() const { return (folder_ / "home").string(); }
    static void run(const std::vector<std::string>& words) {
        ASSERT_EQ(wait_for(spawn(words)), 0) << words.at(1);
    }
    void add_printer(const std::string& uri) {
        run({VERSO_PROGRAM, "--quiet", "--home", home(), "printer", "add", "device", uri,
             "--patience", "10"});
        auto store = records::open_store(home() + "/verso.db");
        ASSERT_TRUE(store) << store.error().text();
        store_ = *std::move(store);
        auto printer = spool().find_printer("device");
        ASSERT_TRUE(printer);
        printer_ = printer->id;
    }
    records::SpoolBook& spool() { return records::spool_of(*store_); }
    Instant now() const { return system_clock().now(); }
    int roll(int first, int last) {
        return std::uniform_int_distribution<int>(first, last)(random_);
    }

    /// A document whose pages say which they are.
    void put_in(bool is_zpl) {
        const int number = ++documents_;
        const std::string ending = is_zpl ? ".zpl" : ".pdf";
        const fs::path file = folder_ / "documents" / (std::to_string(number) + ending);
        records::NewPrintJob job;
        job.printer = printer_;
        job.file = file.string();
        job.title = std::to_string(number);
        job.is_zpl = is_zpl;
        job.dpi = is_zpl ? 203 : 0;
        job.pages = is_zpl ? roll(1, 6) : 1;
        std::ofstream out(file);
        for (int page = 1; page <= job.pages; ++page) {
            const std::string name = std::to_string(number) + "-" + std::to_string(page);
            out << (is_zpl ? "^XA^FO20,20^A0N,40,40^FD" + name + "^FS^XZ\n"
                           : "%PDF-1.4\n% " + name);
            wanted_.push_back(name);
        }
        out.close();
        auto put = spool().enqueue(ShopId{1}, job, now());
        ASSERT_TRUE(put) << put.error().text();
    }

    /// One life of the program that prints. It ends by a kill, or because nothing is due.
    void live_once() {
        const bool by_clock = roll(0, 2) == 0;
        const int step = by_clock ? 0 : roll(1, 40);
        const pid_t process = spawn({VERSO_HAND, home(), "device", std::to_string(step)});
        ASSERT_GT(process, 0);
        if (by_clock) {
            std::this_thread::sleep_for(std::chrono::microseconds(roll(5000, 80000)));
            ::kill(process, SIGKILL);
        }
        const int status = wait_for(process);
        if (WIFSIGNALED(status)) {
            ++kills_;
        } else {
            ASSERT_EQ(WEXITSTATUS(status), 0);
        }
    }

    /// What somebody says who looks at the paper, and says nothing but what lies there.
    void settle(const PrintJob& job, const LookAtPaper& look) {
        const Paper paper = look();
        const auto is_there = [&](int page) {
            return paper.contains(job.what.title + "-" + std::to_string(page));
        };
        const int first = job.first_unknown > 0 ? job.first_unknown : 1;
        const int last = job.last_unknown > 0 ? job.last_unknown : job.what.pages;
        int printed = first - 1;
        while (printed < last && is_there(printed + 1)) ++printed;
        ++questions_;
        if (job.state == PrintState::Failed) {
            EXPECT_EQ(printed, first - 1) << "failed, but on paper: " << job.what.title;
        }
        const bool any = printed >= first;
        auto said =
            spool().settle(ShopId{1}, job.id, any ? PersonSays::Printed : PersonSays::NotPrinted,
                           now(), any && job.first_unknown > 0 ? printed : 0);
        ASSERT_TRUE(said) << said.error().text();
    }

    /// Kills until it is enough, then lets everything be printed.
    void kill_and_count(bool is_zpl, const LookAtPaper& look) {
        const int wanted = wanted_kills();
        constexpr int kMostLives = 100'000;
        for (int lives = 0; lives < kMostLives && !HasFatalFailure(); ++lives) {
            records::PrintJobFilter filter;
            filter.most = 1000;
            auto open = spool().print_jobs(filter);
            ASSERT_TRUE(open);
            for (const auto& job : *open) {
                if (job.needs_person()) settle(job, look);
            }
            if (open->empty() && kills_ >= wanted) break;
            if (open->size() < 4 && kills_ < wanted) {
                for (int i = 0; i < 4; ++i) put_in(is_zpl);
            }
            if (kills_ < wanted) {
                live_once();
            } else {
                const int status = wait_for(spawn({VERSO_HAND, home(), "device", "0"}));
                ASSERT_TRUE(WIFEXITED(status) && WEXITSTATUS(status) == 0);
            }
        }
        const Paper paper = look();
        int lost = 0, twice = 0;
        for (const auto& name : wanted_) {
            const auto found = paper.find(name);
            lost += found == paper.end() ? 1 : 0;
            twice += found != paper.end() && found->second > 1 ? 1 : 0;
            EXPECT_EQ(found == paper.end() ? 0 : found->second, 1) << name;
        }
        std::printf("%d kills, %d documents, %zu pages, %d lost, %d twice, %d questions\n", kills_,
                    documents_, wanted_.size(), lost, twice, questions_);
        EXPECT_GE(kills_, wanted);
    }

    fs::path folder_;
    std::unique_ptr<records::Store> store_;
    records::PrinterId printer_;
    std::vector<std::string> wanted_;
    std::mt19937 random_;
    unsigned long seed_ = 0;
    int documents_ = 0, kills_ = 0, questions_ = 0;
};

/// The page that a document of ours says it is.
std::string page_of(const std::string& document) {
    const auto at = document.find("% ");
    return at == std::string::npos ? document : document.substr(at + 2);
}

TEST_F(PrintingCrash, AFolderGetsEachDocumentOnce) {
    const fs::path paper = folder_ / "paper";
    fs::create_directory(paper);
    add_printer("file:" + paper.string());
    kill_and_count(false, [&] {
        Paper found;
        for (const auto& entry : fs::directory_iterator(paper)) {
            if (entry.path().extension() != ".pdf") continue;
            std::ifstream file(entry.path());
            ++found[page_of(std::string((std::istreambuf_iterator<char>(file)), {}))];
        }
        return found;
    });
    EXPECT_EQ(questions_, 0) << "a folder can always be asked";
}

class ZebraCrash : public PrintingCrash {
  protected:
    void print_on(const printer::ZebraHabits& habits) {
        printer::FakeZebra zebra(habits);
        add_printer("socket://127.0.0.1:" + std::to_string(zebra.port()));
        kill_and_count(true, [&] {
            Paper before = zebra.copies();
            for (;;) {
                std::this_thread::sleep_for(60ms);
                Paper after = zebra.copies();
                if (after == before) return after;
                before = std::move(after);
            }
        });
    }
};

TEST_F(ZebraCrash, ALabelPrinterThatCountsGetsEachLabelOnce) {
    printer::ZebraHabits habits;
    habits.per_label = 5ms;
    print_on(habits);
}

TEST_F(ZebraCrash, ALabelPrinterWithoutACounterGetsEachLabelOnce) {
    printer::ZebraHabits habits;
    habits.per_label = 5ms;
    habits.has_counter = false;
    print_on(habits);
}

TEST_F(PrintingCrash, AnIppPrinterGetsEachDocumentOnce) {
    if (const auto reason = tests::IppPrinter::reason_to_skip(); !reason.empty())
        GTEST_SKIP() << reason;
    tests::IppPrinter device;
    add_printer(device.uri());
    kill_and_count(false, [&] {
        std::this_thread::sleep_for(200ms);
        Paper found;
        for (const auto& name : device.printed()) ++found[page_of(device.document(name))];
        return found;
    });
}

}  // namespace
}  // namespace verso

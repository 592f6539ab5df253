// SPDX-License-Identifier: Apache-2.0
// Four worker processes on a real PostgreSQL; one is killed every second and another started in its
// place, and one is stopped for longer than its lease and then goes on. Afterwards every job is
// done, and as many effects were kept as there were jobs. VERSO_KILL_SECONDS makes it longer.
#include <gtest/gtest.h>
#include <signal.h>
#include <spawn.h>
#include <sys/wait.h>

#include <array>
#include <chrono>
#include <cstdlib>
#include <random>
#include <thread>

#include "records/store/store.h"
#include "tests/support/postgres_server.h"

extern char** environ;

namespace verso::records {
namespace {

using std::chrono::milliseconds;
using std::chrono::steady_clock;

const ShopId kShop{1};

class Worker {
  public:
    explicit Worker(const std::string& url) : url_(url) { start(); }
    ~Worker() { kill(); }
    void kill() {
        ::kill(process_, SIGKILL);
        ::waitpid(process_, nullptr, 0);
    }
    void signal(int number) { ::kill(process_, number); }
    void start() {
        std::array<std::string, 2> words{VERSO_JOB_WORKER, url_};
        std::array<char*, 3> arguments{words[0].data(), words[1].data(), nullptr};
        ASSERT_EQ(
            ::posix_spawn(&process_, words[0].c_str(), nullptr, nullptr, arguments.data(), environ),
            0);
    }

  private:
    std::string url_;
    pid_t process_ = 0;
};

long long jobs_in(Store& store, JobState state) {
    long long sum = 0;
    for (const auto& row : store.jobs().count(kShop).value())
        sum += row.state == state ? row.jobs : 0;
    return sum;
}

void put_in(Store& store, int from, int to) {
    auto transaction = store.begin().value();
    for (int i = from; i < to; ++i) {
        ASSERT_TRUE(store.jobs().enqueue(
            kShop, {"effect", "job " + std::to_string(i), "{}", {}, 1000}, system_clock().now()));
    }
    ASSERT_TRUE(transaction->commit());
}

TEST(JobCrash, NothingIsLostAndNothingIsDoneTwice) {
    const std::string reason = tests::PostgresServer::reason_to_skip();
    if (!reason.empty()) GTEST_SKIP() << reason;
    const char* wanted = std::getenv("VERSO_KILL_SECONDS");
    const int kill_seconds = wanted != nullptr ? std::atoi(wanted) : 5;
    auto server = tests::PostgresServer::start();
    ASSERT_TRUE(server) << server.error().text();
    const std::string url = (*server)->create_database().value();
    auto store = open_store(url).value();
    ASSERT_EQ(store->take_numbers(kShop, {"effects", 1, 1'000'000}, 1)->numbers.at(0), 1U);

    std::array<Worker, 4> workers{Worker(url), Worker(url), Worker(url), Worker(url)};
    const unsigned seed = 20261122;
    SCOPED_TRACE(seed);
    std::mt19937 random(seed);
    int put = 0, kills = 0;
    // Asleep with work in its hands, for longer than the three seconds of its lease.
    std::thread sleeper([&workers] {
        std::this_thread::sleep_for(milliseconds(500));
        workers[0].signal(SIGSTOP);
        std::this_thread::sleep_for(milliseconds(4000));
        workers[0].signal(SIGCONT);
    });
    const auto end = steady_clock::now() + std::chrono::seconds(kill_seconds);
    while (steady_clock::now() < end) {
        // More than they can do, so that the killed one is always at work.
        if (jobs_in(*store, JobState::Waiting) < 200) {
            put_in(*store, put, put + 400);
            put += 400;
        }
        std::this_thread::sleep_for(milliseconds(700 + random() % 300));
        Worker& victim = workers.at(1 + random() % 3);
        victim.kill();
        ++kills;
        std::this_thread::sleep_for(milliseconds(random() % 100));
        victim.start();
    }
    sleeper.join();
    const auto patience = steady_clock::now() + std::chrono::seconds(60);
    while (jobs_in(*store, JobState::Done) < put && steady_clock::now() < patience)
        std::this_thread::sleep_for(milliseconds(100));
    EXPECT_EQ(jobs_in(*store, JobState::Done), put) << "lost";
    const auto next = store->take_numbers(kShop, {"effects", 1, 1'000'000}, 1)->numbers.at(0);
    EXPECT_EQ(static_cast<int>(next) - 2, put) << "effects kept";
    std::cout << put << " jobs, " << kills << " workers killed\n";
}

}  // namespace
}  // namespace verso::records

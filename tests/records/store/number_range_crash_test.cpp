// SPDX-License-Identifier: Apache-2.0
// Several connections take from one range at once, and some of them are killed while they do. Each
// number that anyone was given is written down; no two may be equal.
#include <gtest/gtest.h>
#include <signal.h>
#include <sys/wait.h>
#include <unistd.h>

#include <algorithm>
#include <filesystem>
#include <set>
#include <thread>

#include "records/store/store.h"

namespace verso::records {
namespace {

const ShopId kShop{1};
const NumberRange kRange{"RR FR", 1, 1'000'000};

class NumberRangeCrash : public ::testing::Test {
  protected:
    void SetUp() override {
        std::string name = (std::filesystem::temp_directory_path() / "verso-numbers-XXXXXX");
        ASSERT_NE(::mkdtemp(name.data()), nullptr);
        folder_ = name;
        ASSERT_TRUE(open_sqlite_store(path()));
    }
    void TearDown() override { std::filesystem::remove_all(folder_); }
    std::string path() const { return (folder_ / "verso.db").string(); }

    std::filesystem::path folder_;
};

TEST_F(NumberRangeCrash, ThreadsWithConnectionsOfTheirOwnNeverShareANumber) {
    constexpr int kThreads = 4, kTakings = 15;
    std::vector<std::vector<std::uint64_t>> given(kThreads);
    std::vector<std::thread> threads;
    for (int t = 0; t < kThreads; ++t) {
        threads.emplace_back([&, t] {
            auto store = open_sqlite_store(path());
            ASSERT_TRUE(store) << store.error().text();
            for (int i = 0; i < kTakings; ++i) {
                auto taken = (*store)->take_numbers(kShop, kRange, std::uint64_t(1 + (i + t) % 5));
                ASSERT_TRUE(taken) << taken.error().text();
                auto& mine = given[std::size_t(t)];
                mine.insert(mine.end(), taken->numbers.begin(), taken->numbers.end());
            }
        });
    }
    for (auto& thread : threads) thread.join();
    std::set<std::uint64_t> all;
    std::size_t count = 0;
    for (const auto& mine : given) {
        count += mine.size();
        all.insert(mine.begin(), mine.end());
        EXPECT_TRUE(std::is_sorted(mine.begin(), mine.end()));
    }
    EXPECT_EQ(all.size(), count) << "a number was given twice";
    EXPECT_EQ(*all.rbegin(), count) << "nobody was killed, so there is no gap";
}

/// Takes numbers until it is killed, and tells each through the pipe once it has it.
[[noreturn]] void take_until_killed(const std::string& path, int pipe) {
    auto store = open_sqlite_store(path);
    while (store) {
        auto taken = (*store)->take_numbers(kShop, kRange, 3);
        if (!taken) break;
        for (const std::uint64_t number : taken->numbers) {
            if (::write(pipe, &number, sizeof number) != sizeof number) ::_exit(1);
        }
    }
    ::_exit(1);
}

TEST_F(NumberRangeCrash, KilledAtAnyMomentLeavesAGapAndNeverARepeat) {
    std::set<std::uint64_t> all;
    std::size_t count = 0;
    for (int round = 0; round < 12; ++round) {
        int ends[2];
        ASSERT_EQ(::pipe(ends), 0);
        const pid_t child = ::fork();
        ASSERT_GE(child, 0);
        if (child == 0) {
            ::close(ends[0]);
            take_until_killed(path(), ends[1]);
        }
        ::close(ends[1]);
        // Wait for the first number, then let it run for another moment each round.
        std::uint64_t number = 0;
        ASSERT_EQ(::read(ends[0], &number, sizeof number), ssize_t(sizeof number));
        EXPECT_TRUE(all.insert(number).second) << number << " twice";
        ++count;
        ::usleep(useconds_t(1000 + 1700 * round));
        ::kill(child, SIGKILL);
        while (::read(ends[0], &number, sizeof number) == ssize_t(sizeof number)) {
            EXPECT_TRUE(all.insert(number).second) << number << " twice";
            ++count;
        }
        ::close(ends[0]);
        int status = 0;
        ::waitpid(child, &status, 0);
        EXPECT_TRUE(WIFSIGNALED(status)) << "it ended by itself";
    }
    EXPECT_GE(count, 36U);
    auto store = open_sqlite_store(path()).value();
    const auto next = store->take_numbers(kShop, kRange, 1)->numbers.front();
    EXPECT_GT(next, *all.rbegin()) << "what follows is above all that was given";
}

}  // namespace
}  // namespace verso::records

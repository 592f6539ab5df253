// SPDX-License-Identifier: Apache-2.0
#include "records/store/group_writer.h"

#include <atomic>
#include <latch>
#include <thread>

#include "tests/contract/any_store.h"

namespace verso::records {
namespace {

using namespace verso::records::testing;

const ShopId kShop{1};

class GroupWriting : public AnyStore {
  protected:
    void run_threads(int threads, const std::function<void(int)>& work) {
        std::vector<std::thread> running;
        for (int i = 0; i < threads; ++i) running.emplace_back(work, i);
        for (auto& thread : running) thread.join();
    }
    static GroupWriter::Work saving(const std::string& number) {
        return [number](Store& store) -> Result<void> {
            auto saved = store.save_order(kShop, sample_order(number), at(0));
            if (!saved) return saved.error();
            return {};
        };
    }
};

TEST_P(GroupWriting, WhatWasAnsweredIsDurable) {
    auto reader = another();
    if (!reader) GTEST_SKIP() << "a database in memory has one connection";
    GroupWriter writer(std::move(store_));
    std::atomic<int> seen{0};
    run_threads(16, [&](int thread) {
        for (int i = 0; i < 5; ++i) {
            const std::string number = "#" + std::to_string(thread * 100 + i);
            ASSERT_TRUE(writer.write(saving(number)));
        }
        seen += 5;
    });
    EXPECT_EQ(reader->counts(kShop)->orders, seen);
    EXPECT_EQ(seen, 80);
}

TEST_P(GroupWriting, OneThatFailsIsTakenBackAlone) {
    GroupWriter writer(std::move(store_));
    std::atomic<int> kept{0}, refused{0};
    run_threads(8, [&](int thread) {
        const std::string number = "#" + std::to_string(thread);
        const auto done = writer.write([&](Store& store) -> Result<void> {
            if (auto saved = saving(number)(store); !saved) return saved;
            if (thread % 2 == 0) return {};
            return Error{ErrorCode::NotAllowed, "not this one", number, ""};
        });
        ++(done ? kept : refused);
    });
    EXPECT_EQ(kept, 4);
    EXPECT_EQ(refused, 4);
    int found = 0;
    ASSERT_TRUE(writer.write([&](Store& store) -> Result<void> {
        found = static_cast<int>(store.counts(kShop)->orders);
        return {};
    }));
    EXPECT_EQ(found, 4);
}

TEST_P(GroupWriting, AGroupThatCannotBeKeptAnswersSoToAll) {
    GroupWriter writer(std::move(store_));
    const auto done = writer.write([&](Store& store) -> Result<void> {
        fail_after_ = 1;  // its second write throws, however often it is tried
        auto saved = store.save_order(kShop, sample_order("#1", 3), at(0));
        if (!saved) return saved.error();
        return {};
    });
    ASSERT_FALSE(done);
    EXPECT_EQ(done.error().code, ErrorCode::DatabaseFailed);
    EXPECT_TRUE(writer.write(saving("#2"))) << "the writer goes on";
}

TEST_P(GroupWriting, WhatNobodyWaitsForIsToldWhenItIsDurable) {
    std::vector<std::string> told;  // by the writer's thread alone, until the writer ends
    auto reader = another();
    {
        GroupWriter writer(std::move(store_));
        for (int i = 0; i < 20; ++i) {
            const std::string number = "#" + std::to_string(i);
            writer.post(saving(number), [&told, &reader, &writer, number](Result<void> done) {
                ASSERT_TRUE(done) << done.error().text();
                const bool seen = !reader || reader->find_order(kShop, OrderNumber{number});
                EXPECT_TRUE(seen) << number;
                told.push_back(number);
                if (number == "#7") {
                    writer.post(saving("#late"), [&](Result<void>) { told.emplace_back("#late"); });
                }
            });
        }
    }
    EXPECT_EQ(told.size(), 21U) << "a writer that ends does what was asked for, in order";
    EXPECT_EQ(told.front(), "#0");
    EXPECT_EQ(told.back(), "#late");
}

/// One group of ten: the writer is held in the first piece of work until all ten wait.
class OneGroup : public GroupWriting {
  protected:
    using Work = GroupWriter::Work;
    /// What became of each; `bad` is put in the middle of nine that save an order.
    std::vector<Result<void>> run_with(const Work& bad) {
        std::vector<Result<void>> answers(10);
        GroupWriter writer(std::move(store_));
        std::latch go{1};  // the work that waits for it may be run twice
        writer.post(
            [&](Store&) -> Result<void> {
                go.wait();
                return {};
            },
            [](Result<void>) {});
        for (std::size_t i = 0; i < answers.size(); ++i) {
            writer.post(i == 5 ? bad : saving("#" + std::to_string(i)),
                        [&answers, i](Result<void> done) { answers[i] = std::move(done); });
        }
        go.count_down();
        EXPECT_TRUE(writer.write([&](Store& store) -> Result<void> {
            orders_ = static_cast<int>(store.counts(kShop)->orders);
            return {};
        }));
        return answers;
    }
    int orders_ = 0;
};

TEST_P(OneGroup, OneThatWroteAndFailsTakesNobodyWithIt) {
    int runs = 0;
    const auto answers = run_with([&](Store& store) -> Result<void> {
        ++runs;
        if (auto saved = saving("#bad")(store); !saved) return saved;
        return Error{ErrorCode::NotAllowed, "not this one", "", ""};
    });
    for (std::size_t i = 0; i < answers.size(); ++i) EXPECT_EQ(bool(answers[i]), i != 5) << i;
    EXPECT_EQ(answers[5].error().code, ErrorCode::NotAllowed);
    EXPECT_EQ(orders_, 9);
    EXPECT_GE(runs, 1);
}

TEST_P(OneGroup, OneThatFailsBeforeItWroteCostsNothing) {
    int runs = 0;
    const auto answers = run_with([&](Store& store) -> Result<void> {
        ++runs;
        auto nobody = store.find_order(kShop, OrderNumber{"#nobody"});
        if (!nobody) return nobody.error();
        return {};
    });
    for (std::size_t i = 0; i < answers.size(); ++i) EXPECT_EQ(bool(answers[i]), i != 5) << i;
    EXPECT_EQ(orders_, 9);
    EXPECT_EQ(runs, 1);
}

TEST_P(OneGroup, ADatabaseThatFailsOnceIsTriedAgain) {
    int runs = 0;
    const auto answers = run_with([&](Store& store) -> Result<void> {
        if (++runs == 1) fail_after_ = 1;
        return saving("#6-and-a-half")(store);
    });
    for (std::size_t i = 0; i < answers.size(); ++i) {
        // PostgreSQL takes back the one alone and says so; SQLite runs all of them again.
        EXPECT_EQ(bool(answers[i]), i != 5 || !is_postgres()) << i;
    }
    EXPECT_EQ(orders_, is_postgres() ? 9 : 10);
}

TEST_P(OneGroup, OneThatThrowsIsAnErrorOfItsOwn) {
    const auto answers =
        run_with([](Store&) -> Result<void> { throw std::runtime_error("this was not foreseen"); });
    for (std::size_t i = 0; i < answers.size(); ++i) EXPECT_EQ(bool(answers[i]), i != 5) << i;
    EXPECT_EQ(answers[5].error().code, ErrorCode::Internal);
    EXPECT_EQ(orders_, 9);
}

VERSO_ON_EVERY_STORE(GroupWriting);
VERSO_ON_EVERY_STORE(OneGroup);

}  // namespace
}  // namespace verso::records

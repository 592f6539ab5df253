// SPDX-License-Identifier: Apache-2.0
#include "records/store/group_writer.h"

#include <atomic>

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
    fail_after_ = 1;  // the second write of the group throws
    GroupWriter writer(std::move(store_));
    const auto done = writer.write([&](Store& store) -> Result<void> {
        auto saved = store.save_order(kShop, sample_order("#1", 3), at(0));
        if (!saved) return saved.error();
        return {};
    });
    ASSERT_FALSE(done);
    EXPECT_EQ(done.error().code, ErrorCode::DatabaseFailed);
    EXPECT_TRUE(writer.write(saving("#2"))) << "the writer goes on";
}

VERSO_ON_EVERY_STORE(GroupWriting);

}  // namespace
}  // namespace verso::records

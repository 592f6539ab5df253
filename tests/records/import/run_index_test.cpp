// SPDX-License-Identifier: Apache-2.0
#include "records/import/run_index.h"

#include <gtest/gtest.h>

#include <map>
#include <random>

namespace verso::records {
namespace {

TEST(RunIndex, ARunIsNoRepetition) {
    RunIndex runs;
    for (std::uint64_t key : {7U, 7U, 7U, 3U, 5U, 5U, 3U}) ASSERT_TRUE(runs.add(key));
    ASSERT_TRUE(runs.finish());
    EXPECT_TRUE(runs.is_repeated(3));
    EXPECT_FALSE(runs.is_repeated(7));
    EXPECT_FALSE(runs.is_repeated(5));
    EXPECT_EQ(runs.repeated(), 1U);
}

TEST(RunIndex, FindsTheSameOnTheDiskAsInMemory) {
    const auto seed = std::random_device{}();
    SCOPED_TRACE("seed " + std::to_string(seed));
    std::mt19937 random(seed);
    RunIndex memory, disk(100);
    std::map<std::uint64_t, int> truth;
    std::uint64_t last = 0;
    for (int i = 0; i < 40'000; ++i) {
        const std::uint64_t key = 1 + random() % 60'000;
        if (key != last) ++truth[key];
        last = key;
        ASSERT_TRUE(memory.add(key));
        ASSERT_TRUE(disk.add(key));
    }
    ASSERT_TRUE(memory.finish());
    ASSERT_TRUE(disk.finish());
    for (std::uint64_t key = 1; key <= 60'000; ++key) {
        const bool repeated = truth.contains(key) && truth[key] > 1;
        ASSERT_EQ(memory.is_repeated(key), repeated) << key;
        ASSERT_EQ(disk.is_repeated(key), repeated) << key;
    }
}

}  // namespace
}  // namespace verso::records

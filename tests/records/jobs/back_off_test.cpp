// SPDX-License-Identifier: Apache-2.0
#include "records/jobs/back_off.h"

#include <gtest/gtest.h>

#include <set>

namespace verso::records {
namespace {

using std::chrono::seconds;

constexpr BackOff kOptions{seconds{10}, seconds{100}};

TEST(BackOff, DoublesUpToTheLongest) {
    const std::int64_t whole[]{10, 20, 40, 80, 100, 100, 100};
    for (int attempts = 1; attempts <= 7; ++attempts) {
        std::set<std::int64_t> seen;
        for (std::uint64_t random = 0; random < 1000; ++random)
            seen.insert(back_off(attempts, random, kOptions).count());
        EXPECT_EQ(*seen.begin(), whole[attempts - 1] / 2) << attempts;
        EXPECT_EQ(*seen.rbegin(), whole[attempts - 1]) << attempts;
        EXPECT_EQ(static_cast<std::int64_t>(seen.size()), whole[attempts - 1] / 2 + 1)
            << "all between are drawn: " << attempts;
    }
}

TEST(BackOff, NeverOverflowsAndNeverIsNothing) {
    EXPECT_EQ(back_off(1'000'000, ~0ULL, kOptions).count() <= 100, true);
    EXPECT_GE(back_off(1'000'000'000, 0, {seconds{1}, seconds::max()}).count(), 1);
    EXPECT_EQ(back_off(1, 0, {seconds{0}, seconds{0}}), seconds{1});
    EXPECT_EQ(back_off(1, 7, {seconds{1}, seconds{5}}), seconds{1});
}

TEST(BackOff, OnlyWhatTheWorldMayCureIsTriedAgain) {
    EXPECT_TRUE(is_worth_retrying(ErrorCode::DatabaseFailed));
    EXPECT_TRUE(is_worth_retrying(ErrorCode::FileUnwritable));
    EXPECT_FALSE(is_worth_retrying(ErrorCode::FormatInvalid));
    EXPECT_FALSE(is_worth_retrying(ErrorCode::NotAllowed));
}

}  // namespace
}  // namespace verso::records

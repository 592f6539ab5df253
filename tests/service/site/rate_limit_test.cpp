// SPDX-License-Identifier: Apache-2.0
#include "service/site/rate_limit.h"

#include <gtest/gtest.h>

namespace verso::service {
namespace {

using Clock = RateLimit::Clock;
using std::chrono::seconds;

const Clock::time_point kStart = Clock::time_point(seconds(1000));

TEST(RateLimit, ANameHasItsBurstAndThenWhatComesBack) {
    RateLimit limit({.burst = 3, .per_minute = 6});
    for (int i = 0; i < 3; ++i) EXPECT_TRUE(limit.take("192.0.2.7", kStart)) << i;
    EXPECT_FALSE(limit.take("192.0.2.7", kStart));
    EXPECT_FALSE(limit.take("192.0.2.7", kStart + seconds(9)));
    EXPECT_TRUE(limit.take("192.0.2.7", kStart + seconds(20)));
    EXPECT_TRUE(limit.take("192.0.2.8", kStart)) << "another name has its own";
}

TEST(RateLimit, AllNamesTogetherHaveABurstToo) {
    RateLimit limit({.burst = 3, .per_minute = 6, .all_burst = 5, .all_per_minute = 1});
    int taken = 0;
    for (int i = 0; i < 100; ++i) taken += limit.take("name " + std::to_string(i), kStart) ? 1 : 0;
    EXPECT_EQ(taken, 5);
}

TEST(RateLimit, WhoIsWholeAgainIsForgotten) {
    RateLimit limit({.burst = 2, .per_minute = 60, .all_burst = 1e9, .all_per_minute = 1e9});
    for (int i = 0; i < 5000; ++i) {
        limit.take("name " + std::to_string(i), kStart + seconds(i));
    }
    EXPECT_LT(limit.names(), 1100U);
}

}  // namespace
}  // namespace verso::service

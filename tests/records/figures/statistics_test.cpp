// SPDX-License-Identifier: Apache-2.0
// The numbers come from an implementation of its own (samples/synthetic/stats-vectors.json of the
// reference), the others from a hand calculation that stands beside them.
#include "records/figures/statistics.h"

#include <gtest/gtest.h>

#include <cmath>
#include <random>

namespace verso::records {
namespace {

Distribution five_star() {
    Distribution stars;
    for (const auto& [value, n] : std::map<int, int>{{5, 120}, {4, 40}, {3, 12}, {2, 8}, {1, 20}}) {
        stars.add(value, n);
    }
    return stars;
}

TEST(Statistics, WilsonMeetsItsVectors) {
    struct Vector {
        std::int64_t k, n;
        double lower, upper;
    };
    for (const Vector& vector : {Vector{0, 0, 0.0, 1.0},
                                 {1, 1, 0.20654931437723742, 1.0},
                                 {0, 10, 0.0, 0.2775327998628892},
                                 {10, 10, 0.7224672001371106, 0.9999999999999999},
                                 {8, 10, 0.4901624715366418, 0.9433178485456247},
                                 {80, 100, 0.7111708344068411, 0.8666330666689674},
                                 {800, 1000, 0.7740810353518655, 0.8236229095568016},
                                 {1, 2, 0.09453120573423071, 0.9054687942657693},
                                 {4999, 5000, 0.9988679109191604, 0.9999646942165609}}) {
        const Interval interval = wilson(vector.k, vector.n);
        EXPECT_NEAR(interval.lower, vector.lower, 1e-12) << vector.k << "/" << vector.n;
        EXPECT_NEAR(interval.upper, vector.upper, 1e-12) << vector.k << "/" << vector.n;
    }
}

TEST(Statistics, FiveStarsMeetTheirVectors) {
    const Distribution stars = five_star();
    EXPECT_EQ(stars.n(), 200);
    EXPECT_NEAR(*stars.mean(), 4.16, 1e-12);
    EXPECT_NEAR(*csat(stars), 0.8, 1e-12);
    EXPECT_NEAR(bayesian_mean(stars, 20, 3.5), 4.1, 1e-12);
    EXPECT_EQ(stars.median(), 5);
}

TEST(Statistics, PromotersMeetTheirVector) {
    Distribution answers;
    for (const auto& [value, n] :
         std::map<int, int>{{10, 50}, {9, 20}, {8, 10}, {7, 5}, {6, 5}, {0, 10}}) {
        answers.add(value, n);
    }
    EXPECT_NEAR(*nps(answers), 55.0, 1e-12);
}

TEST(Statistics, TheSilentBoundTheShare) {
    const Interval bounds = share_bounds(160, 200, 1000);
    EXPECT_NEAR(bounds.lower, 0.16, 1e-12);
    EXPECT_NEAR(bounds.upper, 0.96, 1e-12);
    // 4.16 · 200 = 832; 800 silent ones with 1 or with 5.
    const Interval mean = mean_bounds(five_star(), 1000, 1, 5);
    EXPECT_NEAR(mean.lower, (832.0 + 800) / 1000, 1e-12);
    EXPECT_NEAR(mean.upper, (832.0 + 4000) / 1000, 1e-12);
    // More answers than were asked: nobody is silent.
    EXPECT_NEAR(share_bounds(160, 200, 10).lower, 0.8, 1e-12);
}

TEST(Statistics, NothingGivesNothing) {
    const Distribution none;
    EXPECT_FALSE(none.mean());
    EXPECT_FALSE(none.variance());
    EXPECT_FALSE(none.median());
    EXPECT_FALSE(csat(none));
    EXPECT_FALSE(nps(none));
    EXPECT_EQ(share_bounds(0, 0, 0).upper, 1);
    EXPECT_EQ(mean_bounds(none, 0, 1, 5).upper, 5);
    EXPECT_EQ(bayesian_mean(none, 20, 3.5), 3.5);
    EXPECT_EQ(bayesian_mean(none, 0, 3.5), 3.5);
    EXPECT_EQ(mean_interval(none, 1, 5).lower, 1);
}

TEST(Statistics, WhatIsTakenAwayIsGone) {
    Distribution stars = five_star();
    stars -= five_star();
    EXPECT_EQ(stars.n(), 0);
    EXPECT_TRUE(stars.counts().empty());
}

TEST(Statistics, TheIntervalOfAMean) {
    // 2, 4: mean 3, variance 2, half-width z·sqrt(2/2).
    Distribution two;
    two.add(2, 1);
    two.add(4, 1);
    EXPECT_NEAR(*two.variance(), 2.0, 1e-12);
    EXPECT_NEAR(mean_interval(two, 1, 5).lower, 3 - kZ95, 1e-12);
    EXPECT_NEAR(mean_interval(two, 1, 5).upper, 3 + kZ95, 1e-12);
    // Ten times 5 is not certainty: as ten of ten on Wilson's.
    Distribution all;
    all.add(5, 10);
    EXPECT_NEAR(mean_interval(all, 1, 5).lower, 1 + 4 * wilson(10, 10).lower, 1e-12);
    EXPECT_NEAR(mean_interval(all, 1, 5).upper, 5, 1e-12);
}

TEST(Statistics, NinetyFiveOfAHundredIntervalsHoldTheTruth) {
    const unsigned seed = 5;
    std::mt19937 random(seed);
    std::binomial_distribution<std::int64_t> answers(80, 0.85);
    int held = 0;
    for (int i = 0; i < 2000; ++i) {
        const Interval interval = wilson(answers(random), 80);
        held += interval.lower <= 0.85 && 0.85 <= interval.upper;
    }
    EXPECT_NEAR(held / 2000.0, 0.95, 0.02) << "seed " << seed;
}

}  // namespace
}  // namespace verso::records

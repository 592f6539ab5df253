// SPDX-License-Identifier: Apache-2.0
#include "app/work_crew.h"

#include <gmock/gmock.h>

#include <atomic>
#include <numeric>
#include <set>
#include <stdexcept>

namespace verso::app {
namespace {

class WorkCrewTest : public testing::TestWithParam<int> {};

TEST_P(WorkCrewTest, EveryPieceIsMadeOnceAndTakenInOrder) {
    constexpr std::size_t kPieces = 500;
    std::vector<std::atomic<int>> made(kPieces);
    std::vector<std::size_t> results(kPieces);
    WorkCrew crew(GetParam());
    auto batch = crew.begin(kPieces, [&](std::size_t i) {
        ++made.at(i);
        results.at(i) = i * i;
    });
    for (std::size_t i = 0; i < kPieces; ++i) {
        crew.wait_for(*batch, i);
        EXPECT_EQ(results.at(i), i * i);
    }
    for (const auto& times : made) EXPECT_EQ(times, 1);
}

TEST_P(WorkCrewTest, ALaterBatchMayBeBegunBeforeTheFirstIsTaken) {
    std::vector<int> first(20), second(30);
    WorkCrew crew(GetParam());
    auto one = crew.begin(first.size(), [&](std::size_t i) { first.at(i) = 1; });
    auto two = crew.begin(second.size(), [&](std::size_t i) { second.at(i) = 1; });
    for (std::size_t i = 0; i < first.size(); ++i) crew.wait_for(*one, i);
    EXPECT_EQ(std::accumulate(first.begin(), first.end(), 0), 20);
    for (std::size_t i = 0; i < second.size(); ++i) crew.wait_for(*two, i);
    EXPECT_EQ(std::accumulate(second.begin(), second.end(), 0), 30);
}

TEST_P(WorkCrewTest, WhatAPieceThrowsReachesTheCaller) {
    WorkCrew crew(GetParam());
    auto batch = crew.begin(3, [](std::size_t i) {
        if (i == 1) throw std::runtime_error("torn");
    });
    EXPECT_THROW(
        {
            for (std::size_t i = 0; i < 3; ++i) crew.wait_for(*batch, i);
        },
        std::runtime_error);
}

TEST_P(WorkCrewTest, WorkThatNobodyWaitsForDoesNotHoldItUp) {
    std::atomic<int> made = 0;
    {
        WorkCrew crew(GetParam());
        crew.begin(1'000'000, [&](std::size_t) { ++made; });
    }
    EXPECT_LT(made, 1'000'000);
}

INSTANTIATE_TEST_SUITE_P(Threads, WorkCrewTest, testing::Values(1, 2, 5));

}  // namespace
}  // namespace verso::app

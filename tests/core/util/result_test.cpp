// SPDX-License-Identifier: Apache-2.0
#include "core/util/result.h"

#include <gtest/gtest.h>

#include <memory>
#include <vector>

namespace verso {
namespace {

const Error kError{ErrorCode::NotFound, "gone", "here", ""};

Result<int> half(int number) {
    if (number % 2 != 0) return Error{ErrorCode::ValueInvalid, "odd", "", ""};
    return number / 2;
}

TEST(Result, HoldsAValue) {
    const Result<int> result = 7;
    ASSERT_TRUE(result.has_value());
    EXPECT_TRUE(bool(result));
    EXPECT_EQ(*result, 7);
}

TEST(Result, HoldsAnError) {
    const Result<int> result = kError;
    ASSERT_FALSE(result.has_value());
    EXPECT_EQ(result.error().code, ErrorCode::NotFound);
    EXPECT_EQ(result.value_or(3), 3);
}

TEST(Result, AndThenStopsAtTheFirstError) {
    EXPECT_EQ(*half(8).and_then(half), 2);
    EXPECT_EQ(half(6).and_then(half).error().message, "odd");
    EXPECT_EQ(Result<int>(kError).and_then(half).error().message, "gone");
}

TEST(Result, TransformWrapsWhatTheCallGives) {
    EXPECT_EQ(*half(8).transform([](int n) { return std::to_string(n); }), "4");
    EXPECT_FALSE(half(7).transform([](int n) { return n; }).has_value());
}

TEST(Result, CarriesTypesThatOnlyMove) {
    Result<std::unique_ptr<int>> result = std::make_unique<int>(5);
    const std::unique_ptr<int> taken = std::move(result).value();
    EXPECT_EQ(*taken, 5);
}

TEST(Result, ALoopOverATemporarysValueWalksSomethingThatLives) {
    const auto numbers = [] { return Result<std::vector<int>>({1, 2, 3}); };
    int sum = 0;
    for (int n : numbers().value()) sum += n;
    EXPECT_EQ(sum, 6);
}

TEST(Result, OfVoidIsSuccessUntilAnErrorStandsInIt) {
    EXPECT_TRUE(Result<void>().has_value());
    const Result<void> failed = kError;
    ASSERT_FALSE(failed.has_value());
    EXPECT_EQ(failed.error().where, "here");
}

}  // namespace
}  // namespace verso

// SPDX-License-Identifier: Apache-2.0
#include "generator/pdf/operator_buffer.h"

#include <gtest/gtest.h>

#include <cmath>
#include <cstdlib>
#include <limits>
#include <random>
#include <string>

namespace verso::generator {
namespace {

std::string scaled(long value, int decimals) {
    OperatorBuffer buffer;
    buffer.scaled(value, decimals);
    return std::string(buffer.bytes());
}

std::string real(double value, int decimals) {
    OperatorBuffer buffer;
    buffer.real(value, decimals);
    return std::string(buffer.bytes());
}

TEST(OperatorBuffer, WritesNumbersAsShortAsTheyGo) {
    EXPECT_EQ(scaled(31750, 2), "317.5 ");
    EXPECT_EQ(scaled(31700, 2), "317 ");
    EXPECT_EQ(scaled(5, 2), ".05 ");
    EXPECT_EQ(scaled(-5, 2), "-.05 ");
    EXPECT_EQ(scaled(0, 4), "0 ");
    EXPECT_EQ(scaled(-120, 0), "-120 ");
    EXPECT_EQ(scaled(100, 2), "1 ");
}

TEST(OperatorBuffer, RoundsRealsToTheirDecimals) {
    EXPECT_EQ(real(0.5, 3), ".5 ");
    EXPECT_EQ(real(1.0 / 3, 3), ".333 ");
    EXPECT_EQ(real(-0.0004, 3), "0 ");
    EXPECT_EQ(real(57.1428571, 4), "57.1429 ");
}

TEST(OperatorBuffer, WritesANumberWhateverItIsGiven) {
    EXPECT_EQ(real(std::numeric_limits<double>::quiet_NaN(), 2), "0 ");
    EXPECT_EQ(real(std::numeric_limits<double>::infinity(), 2), "0 ");
    EXPECT_EQ(real(1e300, 2), "10000000000 ");
    EXPECT_EQ(scaled(std::numeric_limits<long>::min(), 0), "-9223372036854775808 ");
}

TEST(OperatorBuffer, NumbersReadBackAsTheyWere) {
    std::mt19937 random(20260101);
    std::uniform_int_distribution<long> values(-40'000'000, 40'000'000);
    for (int i = 0; i < 20'000; ++i) {
        const long value = values(random);
        const int decimals = i % 5;
        const double expected = static_cast<double>(value) / std::pow(10, decimals);
        ASSERT_NEAR(std::strtod(scaled(value, decimals).c_str(), nullptr), expected, 1e-9) << value;
    }
}

TEST(OperatorBuffer, KeepsItsBytesWhenItGrows) {
    OperatorBuffer buffer;
    std::string expected;
    for (int i = 0; i < 5000; ++i) {
        buffer.integer(i);
        buffer.append("re\n");
        expected += std::to_string(i) + " re\n";
    }
    EXPECT_EQ(buffer.bytes(), expected);
    buffer.clear();
    EXPECT_EQ(buffer.bytes(), "");
}

}  // namespace
}  // namespace verso::generator

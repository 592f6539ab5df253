// SPDX-License-Identifier: Apache-2.0
#include "generator/layout/postal_address.h"

#include <gtest/gtest.h>

namespace verso::generator {
namespace {

using Lines = std::vector<std::string>;

Address address(const std::string& country) {
    return {"Zoë Roe", "", "12 High Street", "", "73000", "Chambéry", "NY", country};
}

TEST(PostalAddress, LastLinesOfEachCountry) {
    const auto last = [](const std::string& country) {
        return address_lines(address(country), "").back();
    };
    EXPECT_EQ(last("FR"), "73000 CHAMBÉRY");
    EXPECT_EQ(last("DE"), "73000 Chambéry");
    EXPECT_EQ(last("GB"), "73000");
    EXPECT_EQ(last("NL"), "73000  CHAMBÉRY");
    EXPECT_EQ(last("US"), "Chambéry NY  73000");
    EXPECT_EQ(last("IT"), "73000 Chambéry NY");
}

TEST(PostalAddress, EmptyLinesAreLeftOutAndTheCountryComesLast) {
    EXPECT_EQ(address_lines(address("FR"), "Belgique"),
              (Lines{"Zoë Roe", "12 High Street", "73000 CHAMBÉRY", "BELGIQUE"}));
}

TEST(PostalAddress, SortingLinesAreCapitalsWithoutPunctuation) {
    Address a = address("FR");
    a.line2 = "Bât. 4, étage 2";
    EXPECT_EQ(sorting_lines(a, ""),
              (Lines{"ZOË ROE", "12 HIGH STREET", "BÂT 4 ÉTAGE 2", "73000 CHAMBÉRY"}));
}

TEST(PostalAddress, OneLine) {
    EXPECT_EQ(address_in_one_line(address("FR")), "Zoë Roe · 12 High Street · 73000 Chambéry");
}

}  // namespace
}  // namespace verso::generator

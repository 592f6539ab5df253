// SPDX-License-Identifier: Apache-2.0
// Return sheets go the same way round as cards: what comes back is what was marked, or a person is
// asked.
#include "tests/roundtrip/returns_roundtrip.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <iostream>

namespace verso::test {
namespace {

namespace lab = scanner::lab;

ReturnsSetup setup_of(const char* profile) {
    ReturnsSetup setup;
    setup.profile = *lab::find_profile(profile);
    setup.styles = lab::usual_styles();
    setup.seed = 20261122;
    std::cout << "seed " << setup.seed << "\n";
    return setup;
}

void expect_straight(const ReturnsSetup& setup, double least) {
    const auto result = run_returns(setup);
    ASSERT_TRUE(result.has_value()) << result.error().text();
    EXPECT_EQ(result->sheets, setup.sheets);
    for (const auto& fault : result->faults) ADD_FAILURE() << fault;
    for (const auto& [reason, count] : result->reasons) {
        std::cout << reason << " " << count << "\n";
    }
    EXPECT_GE(result->straight_share(), least);
}

TEST(ReturnsRoundTrip, GivesBackCleanSheets) { expect_straight(setup_of("clean"), 0.95); }

TEST(ReturnsRoundTrip, GivesBackSheetsFromAFeeder) {
    ReturnsSetup setup = setup_of("feeder");
    setup.sheets = 120;  // of 40, one mark more or less in doubt is 2.5 %
    expect_straight(setup, 0.85);
}

TEST(ReturnsRoundTrip, ReadsASheetThatWasNotCutOut) {
    ReturnsSetup setup = setup_of("clean");
    setup.whole_page = true;
    setup.sheets = 10;
    expect_straight(setup, 0.9);
}

class ReturnsOn : public ::testing::TestWithParam<const char*> {};

TEST_P(ReturnsOn, GivesBackWhatWasMarkedOrAsks) {
    ReturnsSetup setup = setup_of("feeder");
    setup.template_name = GetParam();
    setup.dpis = {200};
    setup.sheets = 12;
    expect_straight(setup, 0.7);
}

INSTANTIATE_TEST_SUITE_P(Templates, ReturnsOn,
                         ::testing::Values("a4-duplex", "a4-integrated", "letter-fold"),
                         [](const auto& p) {
                             std::string name = p.param;
                             std::replace(name.begin(), name.end(), '-', '_');
                             return name;
                         });

}  // namespace
}  // namespace verso::test

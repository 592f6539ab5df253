// SPDX-License-Identifier: Apache-2.0
#include "records/lifecycle/number_range.h"

#include <gmock/gmock.h>

namespace verso::records {
namespace {

using ::testing::ElementsAre;
using ::testing::IsEmpty;
using Blocks = std::vector<NumberBlock>;

const NumberRange kRange{"r", 10, 20};

TEST(NumberRange, WhatIsFreeIsTheRangeLessWhatWasGiven) {
    EXPECT_THAT(free_blocks(kRange, {}), ElementsAre(NumberBlock{10, 20}));
    EXPECT_THAT(free_blocks(kRange, Blocks{{10, 12}}), ElementsAre(NumberBlock{13, 20}));
    EXPECT_THAT(free_blocks(kRange, Blocks{{0, 10}, {12, 12}, {20, 99}}),
                ElementsAre(NumberBlock{11, 11}, NumberBlock{13, 19}));
    EXPECT_THAT(free_blocks(kRange, Blocks{{0, 99}}), IsEmpty());
    EXPECT_THAT(free_blocks(kRange, Blocks{{10, 14}, {15, 20}}), IsEmpty());
    EXPECT_THAT(free_blocks(kRange, Blocks{{1, 9}, {21, 30}}), ElementsAre(NumberBlock{10, 20}));
    EXPECT_THAT(free_blocks({"one", 0, 0}, {}), ElementsAre(NumberBlock{0, 0}));
}

TEST(NumberRange, TakesTheLowestOrNothing) {
    const Blocks free{{11, 11}, {13, 19}};
    EXPECT_THAT(first_of(free, 0).value(), IsEmpty());
    EXPECT_THAT(first_of(free, 1).value(), ElementsAre(NumberBlock{11, 11}));
    EXPECT_THAT(first_of(free, 3).value(), ElementsAre(NumberBlock{11, 11}, NumberBlock{13, 14}));
    EXPECT_THAT(first_of(free, 8).value(), ElementsAre(NumberBlock{11, 11}, NumberBlock{13, 19}));
    EXPECT_FALSE(first_of(free, 9));
    EXPECT_FALSE(first_of({}, 1));
}

}  // namespace
}  // namespace verso::records

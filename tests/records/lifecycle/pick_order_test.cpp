// SPDX-License-Identifier: Apache-2.0
#include "records/lifecycle/pick_order.h"

#include <gmock/gmock.h>

#include <algorithm>
#include <random>

#include "tests/records/builders.h"

namespace verso::records {
namespace {

using ::testing::ElementsAre;

std::vector<std::string> sorted(std::vector<std::string> texts) {
    std::shuffle(texts.begin(), texts.end(), std::mt19937(7));
    std::sort(texts.begin(), texts.end(),
              [](const auto& a, const auto& b) { return compare_naturally(a, b) < 0; });
    return texts;
}

TEST(PickOrder, DigitsCountAsNumbers) {
    EXPECT_THAT(sorted({"A-10", "A-2", "B-1", "A-1-10", "A-1-9", "A"}),
                ElementsAre("A", "A-1-9", "A-1-10", "A-2", "A-10", "B-1"));
}

TEST(PickOrder, NumbersLongerThanAnyIntegerCompare) {
    EXPECT_LT(compare_naturally("9999999999999999999999998", "9999999999999999999999999"), 0);
    EXPECT_GT(compare_naturally("10000000000000000000000000", "9999999999999999999999999"), 0);
}

TEST(PickOrder, ZerosAndCaseOnlyBreakTies) {
    EXPECT_THAT(sorted({"a-02", "A-2", "A-002-1", "A-2-2"}),
                ElementsAre("A-2", "a-02", "A-002-1", "A-2-2"));
    EXPECT_EQ(compare_naturally("A-2", "A-2"), 0);
    EXPECT_NE(compare_naturally("A-2", "a-2"), 0);
}

TEST(PickOrder, BytesAboveAsciiComeAfterLetters) { EXPECT_LT(compare_naturally("Z", "É"), 0); }

TEST(PickOrder, BinThenNumberThenParcelAndNoBinLast) {
    std::vector<PickKey> keys{
        {"", "#1", 1}, {"A-10", "#2", 1}, {"A-2", "#10", 2}, {"A-2", "#9", 1}, {"A-2", "#10", 1}};
    std::sort(keys.begin(), keys.end(), is_picked_before);
    std::vector<std::string> said;
    for (const auto& key : keys) {
        said.push_back(key.bin + " " + key.order + " " + std::to_string(key.parcel));
    }
    EXPECT_THAT(said, ElementsAre("A-2 #9 1", "A-2 #10 1", "A-2 #10 2", "A-10 #2 1", " #1 1"));
}

TEST(PickOrder, TheBinIsThatOfTheParcelsOwnFirstLine) {
    Order order = testing::sample_order("#1", 2);
    order.lines.at(1).bin = "B-7";
    EXPECT_EQ(first_bin(order, 1), "E-08-1");
    EXPECT_EQ(first_bin(order, 2), "B-7");
    EXPECT_EQ(first_bin(order, 3), "");
}

TEST(PickOrder, GroupsAreTheFirstPartOfTheBin) {
    EXPECT_EQ(pick_group("A-2"), "A");
    EXPECT_EQ(pick_group("A10"), "A");
    EXPECT_EQ(pick_group("12-3"), "12");
    EXPECT_EQ(pick_group("Halle Süd 3"), "Halle");
    EXPECT_EQ(pick_group("-"), "-");
    EXPECT_EQ(pick_group(""), "");
}

}  // namespace
}  // namespace verso::records

// SPDX-License-Identifier: Apache-2.0
#include "scanner/sides/page_pairs.h"

#include <gtest/gtest.h>

#include <string>

namespace verso::scanner {
namespace {

/// One letter a page: a lower-case letter is the card of that name, A the address side, B a blank
/// one, ? a page that could not be read.
std::vector<Reading> pages_of(const std::string& letters) {
    std::vector<Reading> out;
    for (char letter : letters) {
        Reading reading;
        reading.page = int(out.size()) + 1;
        if (letter == 'A') reading.side = SheetSide::Address;
        if (letter == 'B') reading.side = SheetSide::Blank;
        if (letter >= 'a') {
            reading.card = CardId{std::uint64_t(letter)};
            reading.verdict = Verdict::Accepted;
        }
        out.push_back(reading);
    }
    return out;
}

/// The other page of each page, as digits.
std::string paired(const std::string& letters) {
    auto readings = pages_of(letters);
    pair_sides(readings, int(letters.size()));
    std::string out;
    for (const auto& reading : readings) out += std::to_string(reading.other_page);
    return out;
}

TEST(PageOrder, PairsFrontAndBackInAnyOrder) {
    EXPECT_EQ(paired("aA"), "21");
    EXPECT_EQ(paired("Aa"), "21");
    EXPECT_EQ(paired("aABbcA"), "214365");
}

TEST(PageOrder, PairsASheetWithSomethingToReadOnBothSides) { EXPECT_EQ(paired("aabA"), "2143"); }

TEST(PageOrder, LeavesOutAPageThatNobodyKnows) {
    EXPECT_EQ(paired("aA?AbB"), "210065");
    EXPECT_EQ(paired("??bB"), "0043");
}

TEST(PageOrder, PairsNothingWhenSimplexPagesAreAmongThem) {
    EXPECT_EQ(paired("abB"), "000");
    EXPECT_EQ(paired("abBc"), "0000") << "b and B lie across two sheets";
    EXPECT_EQ(paired("abAA"), "0000") << "fronts, then backs in some order";
    EXPECT_EQ(paired("aABA"), "0000");
    EXPECT_EQ(paired("a"), "0");
    EXPECT_EQ(paired(""), "");
}

TEST(PageOrder, PairsNothingOnAFlatbed) {
    auto readings = pages_of("aAbB");
    Reading second = readings[2];
    second.index = 1;
    readings.insert(readings.begin() + 3, second);
    pair_sides(readings, 4);
    for (const auto& reading : readings) EXPECT_EQ(reading.other_page, 0);
}

}  // namespace
}  // namespace verso::scanner

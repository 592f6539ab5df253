// SPDX-License-Identifier: Apache-2.0
#include "records/lifecycle/label_match.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <random>

#include "core/domain/parcel_number.h"

namespace verso::records {
namespace {

using ::testing::ElementsAre;
using ::testing::IsEmpty;
using ::testing::SizeIs;

struct Pair {
    std::string scanned, known;
    MatchGrade grade;
};

TEST(LabelMatch, WhatScannersGiveIsTheNumberThatTheShopKnows) {
    const Pair pairs[] = {
        {"RR 473 124 829 FR", "RR473124829FR", MatchGrade::Exact},
        {"rr-473124829-fr", "RR473124829FR", MatchGrade::Exact},
        {"*RR473124829FR*", "RR473124829FR", MatchGrade::Exact},
        {"]C0RR473124829FR", "RR473124829FR", MatchGrade::Exact},
        {"RR47312482FR", "RR473124829FR", MatchGrade::Carrier},
        {"RR473124829FR250", "RR473124829FR", MatchGrade::Carrier},
        {"07140RR473124829FR", "RR473124829FR", MatchGrade::Carrier},
        {"]C100095287654321012346", "095287654321012346", MatchGrade::Carrier},
        {"(00) 0 9528765 432101234 6", "095287654321012346", MatchGrade::Carrier},
        {"095287654321012346", "(00)095287654321012346", MatchGrade::Carrier},
        {"]C100095287654321012346\x1D"
         "4202507140",
         "095287654321012346", MatchGrade::Carrier},
        {"]C142007140\x1D"
         "00095287654321012346",
         "095287654321012346", MatchGrade::Carrier},
        {"420 22153 9101026837331000039521", "9101026837331000039521", MatchGrade::Carrier},
        {"4201002334249200190132607600833457", "9200190132607600833457", MatchGrade::Carrier},
        {"]C1420221539101026837331000039521", "9101 0268 3733 1000 0395 21", MatchGrade::Carrier},
        {"9101026837331000039521", "420221539101026837331000039521", MatchGrade::Carrier},
        {"1001921334250001000300779017972697", "779017972697", MatchGrade::Carrier},
        {"7790 1797 2697", "1001921334250001000300779017972697", MatchGrade::Carrier},
        {"9622001900000000000000776632517510", "776632517510", MatchGrade::Carrier},
        {"9611020987654312345672", "987654312345672", MatchGrade::Carrier},
        {"1z5r89390357567127", "1Z5R89390357567127", MatchGrade::Exact},
        {"]C01Z5R8939035756712701", "1Z5R89390357567127", MatchGrade::Carrier},
        {"%008182709980000020033350276", "09980000020033", MatchGrade::Carrier},
        {"0081827 0998 0000 0200 33 350 276 C", "09980000020033", MatchGrade::Carrier},
        {"0008182709980000020033350276", "09980000020033", MatchGrade::Carrier},
        {"09980000020033", "%008182709980000020033350276", MatchGrade::Carrier},
        {"6A12345678901", "6A 12345 67890 1", MatchGrade::Exact},
        {"6A123456789010250", "6A12345678901", MatchGrade::Part},
        {"00340434161094000000", "340434161094000000", MatchGrade::Part},
    };
    for (const auto& [scanned, known, grade] : pairs) {
        const auto matches = match_label(scanned, std::vector{known});
        ASSERT_THAT(matches, SizeIs(1)) << scanned << " / " << known;
        EXPECT_EQ(to_string(matches[0].grade), to_string(grade)) << scanned << " / " << known;
        EXPECT_EQ(certain_match(matches), 0u) << scanned;
    }
}

TEST(LabelMatch, WhatIsNotTheNumberIsNoCandidate) {
    const Pair pairs[] = {
        {"RR473124828FR", "RR473124829FR", {}},  // another digit
        {"RR473124829GB", "RR473124829FR", {}},
        {"1001921334250001000300779017972698", "779017972697", {}},
        {"%008182709980000020034350276", "09980000020033", {}},
        {"1234567", "123456", {}},  // too short to be a part of anything
        {"", "RR473124829FR", {}},
        {"---", "", {}},
        {"99990012345678999", "12345678", {}},  // in the midst
        {std::string(5000, '9'), "99999999", {}},
    };
    for (const auto& [scanned, known, grade] : pairs) {
        EXPECT_THAT(match_label(scanned, std::vector{known}), IsEmpty()) << scanned;
    }
}

TEST(LabelMatch, TwoThatAreEquallyGoodAreBothGivenAndNeitherIsCertain) {
    const std::vector<std::string> twice{"RR473124829FR", "rr 473124829 fr"};
    const auto matches = match_label("RR473124829FR", twice);
    EXPECT_THAT(matches, SizeIs(2));
    EXPECT_EQ(certain_match(matches), std::nullopt);
    // A code that begins with one number and ends with another.
    const std::vector<std::string> ends{"123456789012", "345678901299"};
    const auto both = match_label("12345678901299", ends);
    EXPECT_THAT(both, SizeIs(2));
    EXPECT_EQ(certain_match(both), std::nullopt);
}

TEST(LabelMatch, TheBetterGradeIsMeant) {
    const std::vector<std::string> known{"779017972697", "1001921334250001000300779017972697"};
    const auto matches = match_label("1001921334250001000300779017972697", known);
    ASSERT_THAT(matches, SizeIs(2));
    EXPECT_EQ(certain_match(matches), 1u);
}

TEST(LabelMatch, AShortPartIsShownAndNotCertain) {
    const auto matches = match_label("9900112345678", std::vector<std::string>{"12345678"});
    ASSERT_THAT(matches, SizeIs(1));
    EXPECT_EQ(matches[0].grade, MatchGrade::Part);
    EXPECT_EQ(certain_match(matches), std::nullopt);
}

TEST(LabelKeys, AreFewAndStartWithTheNumberItself) {
    EXPECT_THAT(label_keys("rr 473124829 fr"),
                ElementsAre(LabelKey{"RR473124829FR", MatchGrade::Exact}));
    EXPECT_THAT(label_keys("%008182709980000020033350276"),
                ElementsAre(LabelKey{"008182709980000020033350276", MatchGrade::Exact},
                            LabelKey{"09980000020033", MatchGrade::Carrier}));
    EXPECT_THAT(part_keys("1234567890"),
                ElementsAre("123456789", "234567890", "12345678", "34567890"));
    EXPECT_THAT(part_keys("12345678"), IsEmpty());
}

/// Any bytes give an answer; every key is made of capitals and digits only.
TEST(LabelKeys, AnyBytesAreAnswered) {
    constexpr unsigned kSeed = 5;
    std::mt19937 random(kSeed);
    const std::string alphabet = "0019Z%]C(){ab.\x1D\xC3\xA9 420962";
    for (int round = 0; round < 20'000; ++round) {
        std::string text;
        for (std::size_t n = random() % 45; n > 0; --n)
            text += alphabet[random() % alphabet.size()];
        for (const LabelKey& key : label_keys(text)) {
            ASSERT_EQ(key.key, bare_number(key.key)) << "seed " << kSeed << ": " << text;
        }
        const auto self = match_label(text, std::vector{text});
        ASSERT_EQ(self.empty(), bare_number(text).empty()) << text;
    }
}

}  // namespace
}  // namespace verso::records

// SPDX-License-Identifier: Apache-2.0
// The numbers that others published, and numbers with one thing wrong.
#include "core/domain/parcel_number.h"

#include <gmock/gmock.h>

#include <set>

namespace verso {
namespace {

using ::testing::HasSubstr;

TEST(S10, CheckDigitsThatOthersPublished) {
    EXPECT_EQ(s10_check_digit(47312482), 9U);  // UPU S10, section 4
    EXPECT_EQ(s10_check_digit(87654321), 6U);  // UPU S10, annex A
    EXPECT_EQ(s10_check_digit(12345678), 5U);
    EXPECT_EQ(s10_check_digit(0), 5U) << "11 becomes 5";
    EXPECT_EQ(s10_check_digit(kLastS10Serial), s10_check_digit(99999999));
}

TEST(S10, TenBecomesNought) {
    // 6 x 2 = 12, 11 - 1 = 10.
    EXPECT_EQ(s10_check_digit(2000000), 0U);
}

TEST(S10, IsWrittenAndReadBack) {
    const S10Number number{"RR", 47312482, "GB"};
    EXPECT_EQ(format_s10(number), "RR473124829GB");
    EXPECT_EQ(format_s10_text(number), "RR 473 124 829 GB");
    EXPECT_EQ(parse_s10("RR473124829GB").value(), number);
    EXPECT_EQ(parse_s10(" rr 473 124 829 gb ").value(), number);
    EXPECT_EQ(parse_s10("]C0RR473124829GB").value(), number);
    EXPECT_EQ(format_s10({"EE", 87654321, "CA"}), "EE876543216CA");
    EXPECT_EQ(format_s10({"LX", 1, "FR"}).size(), 13U) << "leading noughts stay";
    EXPECT_EQ(parse_s10(format_s10({"LX", 1, "FR"}))->serial, 1U);
}

TEST(S10, SaysWhatIsWrong) {
    EXPECT_THAT(parse_s10("RR473124828GB").error().message, HasSubstr("check digit"));
    EXPECT_THAT(parse_s10("RR473124892GB").error().message, HasSubstr("check digit")) << "swapped";
    EXPECT_THAT(parse_s10("RR47312482GB").error().message, HasSubstr("has 12 characters"));
    EXPECT_THAT(parse_s10("R1473124829GB").error().message, HasSubstr("two letters"));
    EXPECT_THAT(parse_s10("RR47312482OGB").error().message, HasSubstr("nine digits"));
    EXPECT_FALSE(parse_s10(""));
    EXPECT_FALSE(parse_s10(std::string(100000, 'R')));
}

TEST(S10, KnowsWhichServiceLettersMayBeUsed) {
    for (const char* service : {"CP", "EE", "HA", "LX", "MA", "RR", "UA", "VV", "QA", "QM"}) {
        EXPECT_EQ(s10_use(service), S10Use::International) << service;
    }
    for (const char* service : {"AA", "BB", "DD", "NN", "PP", "ZZ"}) {
        EXPECT_EQ(s10_use(service), S10Use::Bilateral) << service;
    }
    for (const char* service : {"JJ", "KK", "SS", "TT", "WW", "FF", "II", "OO", "XX", "YY", "QN",
                                "QZ", "rr", "R1", "R", "RRR", ""}) {
        EXPECT_EQ(s10_use(service), S10Use::None) << service;
    }
}

// Every wrong digit and every swap of unequal neighbours must be seen: mostly. The rules 10 -> 0
// and 11 -> 5 let two remainders share a digit with others, so a few escape; none may be more.
TEST(S10, FindsMostMistakes) {
    int tried = 0, missed = 0;
    for (std::uint32_t serial : {47312482U, 87654321U, 12345678U, 90817263U}) {
        const std::string right = format_s10({"RR", serial, "FR"});
        for (std::size_t at = 2; at < 11; ++at) {
            for (char digit = '0'; digit <= '9'; ++digit) {
                std::string wrong = right;
                wrong[at] = digit;
                if (wrong == right) continue;
                ++tried;
                if (parse_s10(wrong)) ++missed;
            }
        }
    }
    EXPECT_EQ(tried, 4 * 9 * 9);
    EXPECT_LT(missed, tried / 20);
}

const SsccSeries kSeries{0, "9528765"};

TEST(Sscc, TheNumberThatOthersPublished) {
    EXPECT_EQ(gs1_check_digit("09528765432101234"), 6U);
    EXPECT_EQ(format_sscc(kSeries, 432101234), "095287654321012346");
    EXPECT_EQ(format_sscc_text(kSeries, "095287654321012346"), "(00) 0 9528765 432101234 6");
    EXPECT_EQ(gs1_check_digit("930223456789012345678"), 8U) << "IMpb: the same weights";
}

TEST(Sscc, IsReadAsLabelsAndScannersGiveIt) {
    for (const char* text :
         {"095287654321012346", "(00)095287654321012346", "(00) 0 9528765 432101234 6",
          "00095287654321012346", "]C100095287654321012346",
          "\x1d"
          "00095287654321012346"}) {
        auto sscc = parse_sscc(text);
        ASSERT_TRUE(sscc) << text << ": " << sscc.error().text();
        EXPECT_EQ(*sscc, "095287654321012346");
    }
}

TEST(Sscc, SaysWhatIsWrong) {
    EXPECT_THAT(parse_sscc("095287654321012347").error().message, HasSubstr("check digit"));
    EXPECT_THAT(parse_sscc("(01)095287654321012346").error().message, HasSubstr("20 digits"));
    EXPECT_THAT(parse_sscc("09528765432101234").error().message, HasSubstr("17 digits"));
    EXPECT_THAT(parse_sscc("O95287654321012346").error().message, HasSubstr("no digit"));
    EXPECT_FALSE(parse_sscc(""));
    EXPECT_FALSE(parse_sscc(std::string(100000, '0')));
}

TEST(Sscc, TheSerialFillsWhatThePrefixLeaves) {
    EXPECT_EQ(kSeries.last_serial(), 999'999'999U);
    EXPECT_EQ((SsccSeries{3, "123456789012"}).last_serial(), 9999U);
    const SsccSeries shortest{9, "1234"};
    EXPECT_EQ(shortest.last_serial(), 999'999'999'999U);
    EXPECT_EQ(format_sscc(shortest, shortest.last_serial()).size(), 18U);
    EXPECT_EQ(parse_sscc(format_sscc(shortest, 0)).value(), format_sscc(shortest, 0));
    EXPECT_TRUE(check_series(kSeries));
    EXPECT_FALSE(check_series({10, "9528765"}));
    for (const char* prefix : {"", "123", "1234567890123", "95287G5"}) {
        EXPECT_EQ(check_series({0, prefix}).error().code, ErrorCode::ValueInvalid) << prefix;
    }
}

TEST(Sscc, NoTwoSerialsMakeOneNumber) {
    std::set<std::string> seen;
    for (std::uint64_t serial = 0; serial < 2000; ++serial) {
        EXPECT_TRUE(seen.insert(format_sscc(kSeries, serial)).second) << serial;
    }
}

TEST(SameNumber, IsTolerantOfWhatStandsAround) {
    EXPECT_TRUE(is_same_number("RR473124829FR", "RR 473 124 829 FR"));
    EXPECT_TRUE(is_same_number("rr473124829fr", "RR473124829FR"));
    EXPECT_TRUE(is_same_number("]C100095287654321012346", "(00) 0 9528765 432101234 6"));
    EXPECT_TRUE(is_same_number("095287654321012346", "00095287654321012346"));
    EXPECT_TRUE(is_same_number("4209021092055901755477000271", "92055901755477000271")) << "ZIP";
    EXPECT_TRUE(is_same_number("%000714001234567890123", "01234567890123")) << "routing before";
    EXPECT_TRUE(
        is_same_number("6A12345678901"
                       "\x1d"
                       "4212500",
                       "6A 12345 67890 1"));
}

TEST(SameNumber, IsStrictWhereItCounts) {
    EXPECT_FALSE(is_same_number("RR473124829FR", "RR473124830FR"));
    EXPECT_FALSE(is_same_number("RR473124829FR", ""));
    EXPECT_FALSE(is_same_number("", "RR473124829FR"));
    EXPECT_FALSE(is_same_number("--", "()")) << "nothing is not the same as nothing";
    EXPECT_FALSE(is_same_number("99RR473124829FR77", "RR473124829FR")) << "in the midst";
    EXPECT_FALSE(is_same_number("12345678901", "1234567")) << "too short for a part";
    EXPECT_TRUE(is_same_number("1234567", "1234567"));
    EXPECT_FALSE(is_same_number("RR4731248", "RR473124829FR")) << "a part was read";
}

}  // namespace
}  // namespace verso

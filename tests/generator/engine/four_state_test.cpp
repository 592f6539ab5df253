// SPDX-License-Identifier: Apache-2.0
// The bars are compared with the strings that the posts publish, and classified again from the
// rectangles by a reader that knows nothing of how they were made.
#include "generator/barcode/four_state.h"

#include <gmock/gmock.h>

#include <cmath>

#include "generator/barcode/barcode.h"
#include "tests/generator/engine/bar_reader.h"

namespace verso::generator {
namespace {

struct Golden {
    FourStateKind kind;
    const char* text;
    const char* bars;
};

// IMb: the encoder's self test and USPS-B-3200 Rev H, figure 5. Mailmark: Royal Mail's definition
// documents of C and L, examples 1 and 2. RM4SCC: public reference. KIX: PostNL's handbook.
const std::vector<Golden> kGolden = {
    {FourStateKind::Imb, "01234567094987654321",
     "ATTFATTDTTADTAATTDTDTATTDAFDDFADFDFTFFFFFTATFAAAATDFFTDAADFTFDTDT"},
    {FourStateKind::Imb, "01234567094987654321-01234",
     "DTTAFADDTTFTDTFTFDTDDADADAFADFATDDFTAAAFDTTADFAAATDFDTDFADDDTDFFT"},
    {FourStateKind::Imb, "01234567094987654321-012345678",
     "ADFTTAFDTTTTFATTADTAAATFTFTATDAAAFDDADATATDTDTTDFDTDATADADTDFFTFA"},
    {FourStateKind::Imb, "01234567094987654321-01234567891",
     "AADTFFDFTDADTAADAATFDTDDAAADDTDTTDAFADADDDTFFFDDTTTADFAAADFTDAADA"},
    {FourStateKind::MailmarkC, "1100000000000XY11",
     "TTDTTATTDTAATTDTAATTDTAATTDTTDDAATAADDATAATDDFAFTDDTAADDDTAAFDFAFF"},
    {FourStateKind::MailmarkC, "21B2254800659JW5O9QA6Y",
     "DAATATTTADTAATTFADDDDTTFTFDDDDFFDFDAFTADDTFFTDDATADTTFATTDAFDTFDDA"},
    {FourStateKind::MailmarkL, "11000000000000000XY11",
     "TTDTTATDDTTATTDTAATTDTAATDDTTATTDTTDATFTAATDDTAATDDTATATFAADDAATAATDDTAADFTFTA"},
    {FourStateKind::MailmarkL, "41038422416563762EF61AH8T",
     "DTTFATTDDTATTTATFTDFFFTFDFDAFTTTADTTFDTFDDDTDFDDFTFAADTFDTDTDTFAATAFDDTAATTDTT"},
    {FourStateKind::Rm4scc, "SN34RD1A", "AFTFTFDTADTAFDTFAFTADTFADTDAFDADAADDAF"},
    {FourStateKind::Kix, "2500GG30250", "TDFADDAATTFFTTFFDAFTDAFTDTAFTTFFTDFADDAATTFF"},
    {FourStateKind::Kix, "2130VA80430", "TDFATDAFDTAFTTFFAFTDDADATFDATTFFDTFADTAFTTFF"},
};

TEST(FourState, GivesTheBarsThatThePostsPublish) {
    for (const auto& golden : kGolden) {
        const auto bars = encode_four_state(golden.kind, golden.text);
        ASSERT_TRUE(bars.has_value()) << golden.text << ": " << bars.error().text();
        EXPECT_EQ(*bars, golden.bars) << golden.text;
    }
}

TEST(FourState, AreReadBackFromTheRectangles) {
    for (const auto& golden : kGolden) {
        const auto boxes = four_state_bars(golden.kind, golden.bars, {30_mm, 40_mm});
        EXPECT_EQ(classify_bars(boxes), golden.bars) << golden.text;
    }
}

TEST(FourState, CheckCharacterOfRm4sccStandsBeforeTheStopBar) {
    // BX11LT1A has the check character I; KIX writes the same characters, without start and check.
    const std::string with = encode_four_state(FourStateKind::Rm4scc, "BX11LT1A").value();
    const std::string check = with.substr(with.size() - 5, 4);
    EXPECT_EQ(check, encode_four_state(FourStateKind::Kix, "I").value());
    EXPECT_EQ(with.front(), 'A');
    EXPECT_EQ(with.back(), 'F');
}

struct Limits {
    FourStateKind kind;
    double bar_least, bar_most, pitch_least, pitch_most, full_least, full_most, tracker_least,
        tracker_most;
};

TEST(FourState, IsDrawnWithinThePostsOwnLimits) {
    // USPS-B-3200; Royal Mail's Mailmark definition: 22 to 20 bars an inch; PostNL's handbook.
    const double usps_least = 25.4 / 24, usps_most = 25.4 / 20;
    const Limits limits[] = {
        {FourStateKind::Imb, 0.38, 0.635, usps_least, usps_most, 3.18, 4.19, 0.99, 1.45},
        {FourStateKind::Rm4scc, 0.38, 0.63, 1.1, 1.27, 4.22, 5.84, 1.0, 1.5},
        {FourStateKind::Kix, 0.38, 0.635, 1.1, 1.27, 4.22, 5.84, 1.0, 1.5},
        {FourStateKind::MailmarkC, 0.38, 0.63, 1.1, 1.27, 4.22, 5.84, 1.0, 1.5},
    };
    for (const auto& limit : limits) {
        const auto boxes = four_state_bars(limit.kind, "TADF", {5_mm, 7_mm});
        ASSERT_EQ(boxes.size(), 4U);
        for (std::size_t i = 0; i < boxes.size(); ++i) {
            EXPECT_THAT(boxes[i].w.value,
                        testing::AllOf(testing::Ge(limit.bar_least), testing::Le(limit.bar_most)));
            if (i == 0) continue;
            const double pitch = (boxes[i].x - boxes[i - 1].x).value;
            EXPECT_THAT(pitch, testing::AllOf(testing::Ge(limit.pitch_least),
                                              testing::Le(limit.pitch_most)));
        }
        EXPECT_THAT(boxes[0].h.value, testing::AllOf(testing::Ge(limit.tracker_least),
                                                     testing::Le(limit.tracker_most)));
        EXPECT_THAT(boxes[3].h.value,
                    testing::AllOf(testing::Ge(limit.full_least), testing::Le(limit.full_most)));
        // The full bar begins at the origin; ascender and descender share it with the tracker.
        EXPECT_DOUBLE_EQ(boxes[3].y.value, 7);
        EXPECT_DOUBLE_EQ(boxes[1].y.value, 7);
        EXPECT_NEAR(boxes[2].bottom().value, boxes[3].bottom().value, 1e-9);
        EXPECT_NEAR((boxes[1].h + boxes[2].h - boxes[0].h).value, boxes[3].h.value, 1e-9);
        EXPECT_DOUBLE_EQ(boxes[0].x.value, 5);
    }
}

TEST(FourState, LengthOfAnIntelligentMailBarcodeIsTheNominalOne) {
    // 65 bars are 2.667 to 3.225 in long.
    EXPECT_NEAR(four_state_geometry(FourStateKind::Imb).width(65).value, 75.1, 0.05);
}

TEST(FourState, RefusesWhatItsPostHasNoCodeFor) {
    const Golden wrong[] = {
        {FourStateKind::Imb, "0123456709498765432", ""},               // 19 digits
        {FourStateKind::Imb, "09234567094987654321", ""},              // second digit above 4
        {FourStateKind::Imb, "01234567094987654321-012", ""},          // no such ZIP
        {FourStateKind::MailmarkC, "91B2254800659JW5O9QA6Y", ""},      // no such format
        {FourStateKind::MailmarkC, "41038422416563762EF61AH8T ", ""},  // L, not C
        {FourStateKind::MailmarkL, "", ""},
        {FourStateKind::Rm4scc, "SN3 4RD", ""},
        {FourStateKind::Kix, "2500 GG", ""},
        {FourStateKind::Kix, "", ""},
    };
    for (const auto& golden : wrong) {
        const auto refused = encode_four_state(golden.kind, golden.text);
        ASSERT_FALSE(refused) << golden.text;
        EXPECT_EQ(refused.error().code, ErrorCode::ValueInvalid);
        EXPECT_FALSE(refused.error().cure.empty());
    }
}

TEST(FourState, KnowsItsWords) {
    EXPECT_EQ(parse_four_state_kind("imb").value(), FourStateKind::Imb);
    EXPECT_EQ(parse_four_state_kind("rm4scc").value(), FourStateKind::Rm4scc);
    EXPECT_EQ(parse_four_state_kind("kix").value(), FourStateKind::Kix);
    EXPECT_EQ(parse_four_state_kind("mailmark-c").value(), FourStateKind::MailmarkC);
    EXPECT_EQ(parse_four_state_kind("mailmark-l").value(), FourStateKind::MailmarkL);
    EXPECT_THAT(parse_four_state_kind("postnet").error().cure, testing::HasSubstr("mailmark-c"));
}

TEST(Fim, HasThePatternsOfPublication25) {
    const std::pair<char, std::string> published[] = {{'A', "110010011"},
                                                      {'B', "101101101"},
                                                      {'C', "110101011"},
                                                      {'D', "111010111"},
                                                      {'E', "101000101"}};
    for (const auto& [letter, pattern] : published) {
        std::string drawn(9, '0');
        for (const auto& bar : fim_bars(letter, {10_mm, 2_mm}).value()) {
            const double place = (bar.x - 10_mm).value * 16 / 25.4;
            EXPECT_NEAR(place, std::round(place), 1e-9);
            drawn.at(std::size_t(std::lround(place))) = '1';
            EXPECT_NEAR(bar.w.value, 0.794, 0.001);
            EXPECT_NEAR(bar.h.value, 15.875, 0.001);
            EXPECT_DOUBLE_EQ(bar.y.value, 2);
        }
        EXPECT_EQ(drawn, pattern) << letter;
    }
    EXPECT_NEAR(kFimWidth.value, 13.494, 0.001);
    EXPECT_FALSE(fim_bars('F', {}));
    EXPECT_FALSE(fim_bars('a', {}));
}

TEST(EncodeGs1128, HasOneRowAndBeginsWithFnc1) {
    // Start C and FNC1 are the first 22 modules (ISO/IEC 15417, table 1).
    const Symbol symbol = encode_gs1_128("[00]095287654321012346").value();
    EXPECT_EQ(symbol.rows, 1);
    EXPECT_EQ(symbol.modules.substr(0, 22), "1101001110011110101110");
    // Start, FNC1, ten pairs of digits, check and stop.
    EXPECT_EQ(symbol.columns, 11 * 13 + 13);
}

TEST(EncodeGs1128, RefusesAWrongCheckDigitAndAWrongLength) {
    for (const char* text :
         {"[00]095287654321012345", "[00]09528765432101234", "095287654321012346", ""}) {
        const auto refused = encode_gs1_128(text);
        ASSERT_FALSE(refused) << text;
        EXPECT_EQ(refused.error().code, ErrorCode::ValueInvalid);
    }
}

}  // namespace
}  // namespace verso::generator

// SPDX-License-Identifier: Apache-2.0
#include "printer/zebra/label_ranges.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <random>

namespace verso::printer {
namespace {

using testing::HasSubstr;

Result<std::vector<LabelRange>> ranges_of(std::string_view text, std::size_t piece = 1U << 20U,
                                          LabelLimits limits = {}) {
    LabelScanner scanner(limits);
    for (; !text.empty(); text.remove_prefix(std::min(piece, text.size())))
        if (const auto fed = scanner.feed(text.substr(0, piece)); !fed) return fed.error();
    return scanner.finish();
}

std::vector<std::string> labels_in(const std::string& text, std::size_t piece = 1U << 20U) {
    const auto ranges = ranges_of(text, piece);
    EXPECT_TRUE(ranges) << (ranges ? "" : ranges.error().text());
    std::vector<std::string> out;
    if (!ranges) return out;
    for (const LabelRange& range : *ranges)
        out.push_back(text.substr(static_cast<std::size_t>(range.begin),
                                  static_cast<std::size_t>(range.end - range.begin)));
    return out;
}

const std::string kOne = "^XA^FO1,1^FDone^FS^PQ1\n^XZ";
const std::string kTwo = "^xa^FDtwo^FS^xz";

TEST(LabelRangesTest, LabelsTileTheFile) {
    const std::string text = kOne + "\n" + kTwo + "\n\n";
    EXPECT_THAT(labels_in(text), testing::ElementsAre(kOne, "\n" + kTwo + "\n\n"));
}

TEST(LabelRangesTest, WhatStandsBeforeALabelGoesAlong) {
    const std::string before = "~SD15\n~DGR:LOGO.GRF,4,1,FFFFFFFF\n^XA^MMT^PW812^XZ\n";
    const std::string stored = "^XA^DFR:FORM.ZPL^FO1,1^FN1^FS^XZ";
    const std::string behind = "^XA^MMT^XZ\n";
    EXPECT_THAT(labels_in(before + stored + kOne + kTwo + behind),
                testing::ElementsAre(before + stored + kOne, kTwo + behind));
}

TEST(LabelRangesTest, ControlCharactersStandForTheEnds) {
    EXPECT_THAT(labels_in("\x02^FDa^FS\x03" + kTwo), testing::ElementsAre("\x02^FDa^FS\x03", kTwo));
}

TEST(LabelRangesTest, BytesOfAPictureAreNoCommands) {
    std::string binary = "^XZ^XA~JA\x02\x03";
    const std::string label = "^XA^GFB," + std::to_string(binary.size()) + "," +
                              std::to_string(binary.size()) + ",1," + binary + "^FS^XZ";
    EXPECT_THAT(labels_in(label + kTwo), testing::ElementsAre(label, kTwo));
    const std::string text = "^XA^GFA,4,4,4,FFFFFFFF^FS^XZ";
    EXPECT_THAT(labels_in(text + kTwo), testing::ElementsAre(text, kTwo));
    EXPECT_FALSE(ranges_of("^XA^GFB,900,900,1,short^XZ"));
}

TEST(LabelRangesTest, PiecesOfAnySizeGiveTheSame) {
    const std::string text = "~SD10" + kOne + "^XA^GFB,5,5,5,^XZ~J^FS^XZ\n" + kTwo;
    const auto whole = labels_in(text);
    ASSERT_EQ(whole.size(), 3U);
    for (std::size_t piece = 1; piece < 20; ++piece) EXPECT_EQ(labels_in(text, piece), whole);
}

TEST(LabelRangesTest, WhatCannotBeCountedIsRefused) {
    const auto refusal = [](const std::string& text) {
        const auto ranges = ranges_of(text);
        return ranges ? std::string("taken") : ranges.error().text();
    };
    EXPECT_THAT(refusal(""), HasSubstr("no label"));
    EXPECT_THAT(refusal("%PDF-1.4"), HasSubstr("no label"));
    EXPECT_THAT(refusal("^XA^XZ"), HasSubstr("no label"));
    EXPECT_THAT(refusal(kOne + "^XA^FDb^FS^PQ3,0,1,Y^XZ"), HasSubstr("label 2, byte"));
    EXPECT_THAT(refusal("^XA^FDb^FS^PQ2\x03"), HasSubstr("one copy"));
    EXPECT_THAT(refusal("^XA^FDb^FS"), HasSubstr("no end"));
    EXPECT_THAT(refusal("^XA^FDb^XA^FDc^FS^XZ"), HasSubstr("before the one before"));
    EXPECT_THAT(refusal(kOne + "^XZ"), HasSubstr("has not begun"));
    EXPECT_THAT(refusal("^XA^CC/^FDb^FS^XZ"), HasSubstr("^CC changes"));
    for (const char* command : {"~JA", "~JR", "~WC", "~JC", "~HS", "~PS", "~jr"})
        EXPECT_THAT(refusal(kOne + command + kTwo), HasSubstr("by itself")) << command;
}

TEST(LabelRangesTest, LimitsHold) {
    LabelLimits limits;
    limits.most_labels = 2;
    EXPECT_TRUE(ranges_of(kOne + kTwo, 100, limits));
    EXPECT_EQ(ranges_of(kOne + kTwo + kTwo, 100, limits).error().code, ErrorCode::LimitExceeded);
    limits.most_label_bytes = 100;
    EXPECT_EQ(ranges_of("^XA" + std::string(200, ' ') + kTwo, 7, limits).error().code,
              ErrorCode::LimitExceeded);
}

TEST(LabelRangesTest, MissingFileIsUnreadable) {
    EXPECT_EQ(labels_of("/nowhere/label.zpl").error().code, ErrorCode::FileUnreadable);
    EXPECT_FALSE(labels_of("/tmp"));
}

TEST(LabelRangesTest, AnyBytesAreSurvived) {
    constexpr unsigned kSeed = 7;
    SCOPED_TRACE(kSeed);
    std::mt19937 random(kSeed);
    const std::vector<std::string> words{"^XA", "^XZ", "^FD", "^FS", "^GFB,9,9,9,", "^GF",  "^PQ",
                                         "1",   ",",   "~DG", "~",   "^",           "\x02", "\x03"};
    for (int i = 0; i < 20000; ++i) {
        std::string text;
        for (unsigned n = random() % 12; n-- > 0;) text += words[random() % words.size()];
        const auto ranges = ranges_of(text, 1 + random() % 5);
        if (!ranges) continue;
        std::int64_t at = 0;
        for (const LabelRange& range : *ranges) {
            EXPECT_EQ(range.begin, at);
            at = range.end;
        }
        EXPECT_EQ(at, std::ssize(text));
    }
}

}  // namespace
}  // namespace verso::printer

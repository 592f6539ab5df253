// SPDX-License-Identifier: Apache-2.0
#include "printer/zebra/host_status.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <random>

namespace verso::printer {
namespace {

using testing::ElementsAre;

constexpr std::string_view kReady =
    "\x02"
    "030,0,0,1218,000,0,0,0,000,0,0,0\x03\r\n"
    "\x02"
    "000,0,0,0,0,2,4,0,00000000,1,000\x03\r\n"
    "\x02"
    "1234,0\x03\r\n";

std::vector<ZebraAnswer> answers_in(std::string_view bytes, std::size_t piece = 1000) {
    AnswerReader reader;
    std::vector<ZebraAnswer> out;
    for (; !bytes.empty(); bytes.remove_prefix(std::min(piece, bytes.size()))) {
        reader.feed(bytes.substr(0, piece));
        while (auto answer = reader.next()) out.push_back(std::move(*answer));
    }
    return out;
}

HostStatus status_in(std::string_view first, std::string_view second) {
    const std::string text = "\x02" + std::string(first) + "\x03\r\n\x02" + std::string(second) +
                             "\x03\r\n\x02"
                             "1234,0\x03\r\n";
    const auto answers = answers_in(text);
    EXPECT_EQ(answers.size(), 1U) << first;
    return answers.empty() ? HostStatus{} : std::get<HostStatus>(answers.front());
}

constexpr std::string_view kSecond = "000,0,0,0,0,2,4,0,00000000,1,000";

TEST(HostStatusTest, ReadyPrinterIsReady) {
    const HostStatus status = status_in("030,0,0,1218,000,0,0,0,000,0,0,0", kSecond);
    EXPECT_FALSE(status.in_trouble());
    EXPECT_EQ(status.held(), 0);
    EXPECT_TRUE(to_device_state(status).is_ready);
    EXPECT_TRUE(to_device_state(status).trouble.empty());
}

TEST(HostStatusTest, EachFieldIsReadFromItsPlace) {
    EXPECT_TRUE(status_in("030,1,0,1218,000,0,0,0,000,0,0,0", kSecond).paper_out);
    EXPECT_TRUE(status_in("030,0,1,1218,000,0,0,0,000,0,0,0", kSecond).paused);
    EXPECT_EQ(status_in("030,0,0,1218,017,0,0,0,000,0,0,0", kSecond).held(), 17);
    EXPECT_TRUE(status_in("030,0,0,1218,000,1,0,0,000,0,0,0", kSecond).buffer_full);
    EXPECT_TRUE(status_in("030,0,0,1218,000,0,1,0,000,0,0,0", kSecond).diagnostic);
    EXPECT_TRUE(status_in("030,0,0,1218,000,0,0,1,000,0,0,0", kSecond).partial_format);
    EXPECT_TRUE(status_in("030,0,0,1218,000,0,0,0,000,0,1,0", kSecond).too_cold);
    EXPECT_TRUE(status_in("030,0,0,1218,000,0,0,0,000,0,0,1", kSecond).too_hot);
    const std::string_view first = "030,0,0,1218,002,0,0,0,000,0,0,0";
    EXPECT_TRUE(status_in(first, "000,0,1,0,0,2,4,0,00000000,1,000").head_open);
    EXPECT_TRUE(status_in(first, "000,0,0,1,0,2,4,0,00000000,1,000").ribbon_out);
    EXPECT_TRUE(status_in(first, "000,0,0,0,0,2,4,1,00000000,1,000").label_waiting);
    EXPECT_EQ(status_in(first, "000,0,0,0,0,2,4,0,00000005,1,000").held(), 7);
}

TEST(HostStatusTest, TroubleHasWordsAndKeywords) {
    HostStatus status;
    status.paper_out = status.head_open = true;
    status.formats = 2;
    const DeviceState state = to_device_state(status);
    EXPECT_EQ(state.trouble, "paper out, head open");
    EXPECT_THAT(state.reasons, ElementsAre("media-empty", "cover-open"));
    EXPECT_FALSE(state.is_ready);
    EXPECT_TRUE(state.is_busy);
    EXPECT_EQ(state.waiting, 2);
}

TEST(AnswerReaderTest, TakesAnswersInPiecesOfAnySize) {
    const std::string text = "\"4711\"\r\n" + std::string(kReady) +
                             "\x02ZT410-203dpi,V75.20.01Z,8,8176KB,X\x03\r\n"
                             "\"?\"\r\n";
    for (std::size_t piece = 1; piece < text.size(); ++piece) {
        const auto answers = answers_in(text, piece);
        ASSERT_EQ(answers.size(), 4U) << piece;
        EXPECT_EQ(std::get<LabelCounter>(answers[0]).count, 4711);
        EXPECT_FALSE(std::get<HostStatus>(answers[1]).in_trouble());
        EXPECT_EQ(std::get<Identity>(answers[2]).model, "ZT410-203dpi");
        EXPECT_EQ(std::get<Identity>(answers[2]).dots_per_mm, 8);
        EXPECT_FALSE(std::get<LabelCounter>(answers[3]).count);
    }
}

TEST(AnswerReaderTest, TwoAnswersAreTwo) {
    EXPECT_EQ(answers_in(std::string(kReady) + std::string(kReady)).size(), 2U);
}

TEST(AnswerReaderTest, PartOfAnAnswerIsNone) {
    const std::string whole(kReady);
    const std::size_t second = whole.find('\x02', 1);
    // Without the first line; with one that is no number; cut, and begun anew.
    EXPECT_TRUE(answers_in(whole.substr(second)).empty());
    std::string broken = whole;
    broken[broken.find("0,0,1218")] = 'x';
    EXPECT_TRUE(answers_in(broken).empty());
    EXPECT_EQ(answers_in(whole.substr(0, second + 10) + whole).size(), 1U);
    EXPECT_EQ(answers_in("noise \x03 , \xFF" + whole).size(), 1U);
    EXPECT_EQ(answers_in("\x02" + std::string(100000, 'a') + whole).size(), 1U);
}

TEST(AnswerReaderTest, NoiseIsSurvived) {
    constexpr unsigned kSeed = 20261123;
    SCOPED_TRACE(kSeed);
    std::mt19937 random(kSeed);
    const std::string letters = "\x02\x03\"0123456789,,,,V?\r\nx";
    AnswerReader reader;
    for (int i = 0; i < 20000; ++i) {
        std::string noise(kReady);
        for (int change = 0; change < 3; ++change)
            noise[random() % noise.size()] = letters[random() % letters.size()];
        reader.feed(noise);
        while (const auto answer = reader.next()) {
            const auto* status = std::get_if<HostStatus>(&*answer);
            EXPECT_TRUE(status == nullptr || status->held() >= 0);
        }
    }
    reader.clear();
    reader.feed(kReady);
    EXPECT_TRUE(reader.next());
}

}  // namespace
}  // namespace verso::printer

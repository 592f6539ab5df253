// SPDX-License-Identifier: Apache-2.0
#include "scanner/worker/messages.h"

#include <gtest/gtest.h>

#include <random>

#include "core/domain/reading_json.h"
#include "scanner/worker/channel.h"

namespace verso::scanner {
namespace {

Reading full_reading() {
    Reading reading;
    reading.source = "a.tif";
    reading.page = 3;
    reading.index = 2;
    reading.verdict = Verdict::Review;
    reading.reasons = {{RejectionCode::TwoMarks, "delivery", "two"},
                       {RejectionCode::ReaderFailed, "", "\xFF\x00 bytes"}};
    reading.identified_by = IdentifiedBy::Keyed;
    reading.card = CardId{(std::uint64_t{1} << 60) - 1};
    reading.layout = LayoutNumber{1023};
    reading.secret = CardSecret{"0123456789ABCDEFGHJK"};
    reading.host = "avis.example.com";
    reading.order = "#1001";
    reading.template_name = "a4-fold";
    reading.region = "card";
    reading.side = SheetSide::Return;
    reading.sheet = 2;
    reading.other_page = 4;
    reading.piece = std::string("\0\1\2", 3);
    reading.corners = {{{Px{1}, Px{2}}, {Px{3.25}, Px{4}}, {Px{-5}, Px{6}}, {Px{7}, Px{8}}}};
    reading.dpi = 299.5;
    reading.answers = {{"overall", 4, AnswerState::Marked, .875, {0, .5, 1}},
                       {"delivery", std::nullopt, AnswerState::Blank, 1, {}}};
    reading.fields = {{"comment", true, "crop/a.png", "crop/b.png", "guess"}};
    reading.ms = 6.125;
    return reading;
}

PageAnswer full_answer() {
    return {9, Error{ErrorCode::LimitExceeded, "m", "w", "c"}, {full_reading(), Reading{}}};
}

TEST(WorkerMessages, AReadingTravelsWhole) {
    const auto sent = full_answer();
    const auto got = decode<PageAnswer>(encode(sent));
    ASSERT_TRUE(got);
    EXPECT_EQ(got->page, 9);
    ASSERT_TRUE(got->fault);
    EXPECT_EQ(got->fault->text(), sent.fault->text());
    EXPECT_EQ(got->fault->code, ErrorCode::LimitExceeded);
    ASSERT_EQ(got->readings.size(), 2u);
    const Reading &was = sent.readings[0], &is = got->readings[0];
    EXPECT_EQ(to_json(is), to_json(was));
    EXPECT_EQ(is.secret, was.secret);
    EXPECT_EQ(is.host, was.host);
    EXPECT_EQ(is.region, was.region);
    EXPECT_EQ(is.piece, was.piece);
    EXPECT_EQ(is.side, was.side);
    EXPECT_EQ(is.reasons, was.reasons);
    EXPECT_EQ(encode(*got), encode(sent));
}

TEST(WorkerMessages, OrdersTravelWhole) {
    WorkerLimits limits;
    limits.load = {1, 2, 3, 4};
    limits.seconds_per_page = 5;
    limits.megabytes = 6;
    limits.failures_per_file = 7;
    const auto hello = decode<Hello>(encode(Hello{limits, 8}));
    ASSERT_TRUE(hello);
    EXPECT_EQ(encode(*hello), encode(Hello{limits, 8}));
    EXPECT_EQ(hello->limits.load.side_pixels, 3);
    EXPECT_EQ(hello->limits.megabytes, 6);
    EXPECT_EQ(hello->layout_bytes, 8);
    Job sent{"a b.pdf", 12, 3, 2, {KeyedCard{CardId{5}, LayoutNumber{6}}, true, false, true}};
    sent.choice.view = PageView{7, full_reading().corners, 800, 600};
    const auto job = decode<Job>(encode(sent));
    ASSERT_TRUE(job);
    EXPECT_EQ(encode(*job), encode(sent));
    EXPECT_EQ(job->choice.keyed->card, CardId{5});
    EXPECT_TRUE(job->choice.verdict_picture_only);
    EXPECT_FALSE(job->choice.debug);
    ASSERT_TRUE(job->choice.view && job->choice.view->corners);
    EXPECT_EQ(job->choice.view->corners->at(2).x, Px{-5});
    EXPECT_EQ(job->choice.view->page, 7);
    EXPECT_EQ(job->choice.view->height, 600);
}

TEST(WorkerMessages, EveryShortenedMessageIsRefused) {
    const std::string whole = encode(full_answer());
    for (std::size_t size = 0; size < whole.size(); ++size) {
        EXPECT_FALSE(decode<PageAnswer>(std::string_view(whole).substr(0, size))) << size;
    }
    EXPECT_FALSE(decode<PageAnswer>(whole + "x"));
}

TEST(WorkerMessages, ChangedBytesGiveAMessageOrNothing) {
    constexpr unsigned kSeed = 20261122;
    SCOPED_TRACE(kSeed);
    std::mt19937 random(kSeed);
    const std::string whole = encode(full_answer());
    for (int i = 0; i < 20000; ++i) {
        std::string changed = whole;
        changed[random() % changed.size()] = static_cast<char>(random());
        const auto got = decode<PageAnswer>(changed);
        if (got) {
            EXPECT_EQ(encode(*got).size(), whole.size());
        }
    }
}

TEST(WorkerMessages, APictureStaysInItsFolder) {
    EXPECT_EQ(picture_name("crop/a-p1.png", "crop"), "a-p1.png");
    for (const char* bad : {"crop/../a.png", "crop/", "crop", "debug/a.png", "/etc/a", "crop/.a",
                            "crop//a.png", "cropped/a.png", "crop/a\nb.png"}) {
        EXPECT_FALSE(picture_name(bad, "crop")) << bad;
    }
}

TEST(WorkerEnvelopes, ArriveInPiecesAndTogether) {
    const std::string stream(
        "\x03\0\0\0\x06"
        "ab"
        "\x01\0\0\0\x89",
        12);
    EnvelopeReader reader;
    for (std::size_t i = 0; i + 1 < 7; ++i) {
        reader.add(stream.substr(i, 1));
        EXPECT_FALSE(reader.next());
    }
    reader.add(stream.substr(6));
    const auto first = reader.next(), second = reader.next();
    ASSERT_TRUE(first && second);
    EXPECT_EQ(first->kind, MessageKind::Draw);
    EXPECT_EQ(first->payload, "ab");
    EXPECT_FALSE(first->with_file);
    EXPECT_EQ(second->kind, MessageKind::Done);
    EXPECT_TRUE(second->with_file);
    EXPECT_FALSE(reader.next());
    EXPECT_FALSE(reader.broken());
}

TEST(WorkerEnvelopes, NonsenseBreaksTheTalk) {
    for (const std::string& bad :
         {std::string("\0\0\0\0\x06", 5), std::string("\2\0\0\0\0", 5),
          std::string("\2\0\0\0\x7F", 5), std::string("\xFF\xFF\xFF\xFF\1", 5)}) {
        EnvelopeReader reader;
        reader.add(bad);
        EXPECT_FALSE(reader.next());
        EXPECT_TRUE(reader.broken());
    }
}

}  // namespace
}  // namespace verso::scanner

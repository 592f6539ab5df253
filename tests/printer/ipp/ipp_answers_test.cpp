// SPDX-License-Identifier: Apache-2.0
#include "printer/ipp/ipp_answers.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <random>

#include "printer/ipp/ipp_packet.h"
#include "printer/ipp/ipp_requests.h"
#include "tests/support/fake_ipp.h"

namespace verso::printer {
namespace {

using ::testing::ElementsAre;
using Fake = verso::tests::FakeIpp;

const std::string kBegin("\x34\x00\x00\x00\x00", 5), kEnd("\x37\x00\x00\x00\x00", 5);
std::string member(const std::string& name) { return Fake::attribute(0x4A, "", name); }

std::string printer_groups() {
    const auto size = Fake::attribute(0x34, "media-col-ready", "") + member("media-size") + kBegin +
                      member("x-dimension") + Fake::number(0x21, "", 21000) +
                      member("y-dimension") + Fake::number(0x21, "", 29700) + kEnd +
                      member("media-source") + Fake::attribute(0x44, "", "tray-2") + kEnd;
    return Fake::group(4) + Fake::number(0x23, "printer-state", 5) +
           Fake::keyword("printer-state-reasons", "media-empty-error") +
           Fake::attribute(0x22, "printer-is-accepting-jobs", std::string(1, '\0')) +
           Fake::number(0x21, "queued-job-count", 4) + Fake::number(0x21, "printer-up-time", 77) +
           Fake::number(0x23, "operations-supported", 5) + Fake::number(0x23, "", 6) +
           Fake::attribute(0x49, "document-format-supported", "Application/PDF") +
           Fake::keyword("media-supported", "iso_a4_210x297mm") + Fake::keyword("", "na-letter") +
           Fake::keyword("", "special") + Fake::keyword("media-ready", "iso_a6_105x148mm") + size +
           Fake::attribute(0x32, "printer-resolution-supported",
                           std::string("\0\0\0\xCB\0\0\0\xCB\3", 9)) +
           Fake::attribute(0x32, "", std::string("\0\0\0\x76\0\0\0\x76\4", 9));
}

std::string job_groups() {
    return Fake::group(2) + Fake::number(0x21, "job-id", 7) +
           Fake::attribute(0x42, "job-name", "insert-1") + Fake::number(0x23, "job-state", 9) +
           Fake::attribute(0x13, "time-at-processing", "") +
           Fake::number(0x21, "job-k-octets", 12) +
           Fake::number(0x21, "job-impressions-completed", -2) + Fake::group(2) +
           Fake::number(0x21, "job-id", 8) + Fake::number(0x21, "time-at-processing", 5) +
           Fake::number(0x23, "job-state", 42);
}

TEST(IppAnswers, OfAPrinter) {
    const auto answer = parse_ipp_answer(Fake::message(0, printer_groups()));
    ASSERT_TRUE(answer);
    const auto& printer = answer->printer;
    EXPECT_EQ(printer.state, IppPrinterState::Stopped);
    EXPECT_THAT(printer.reasons, ElementsAre("media-empty-error"));
    EXPECT_FALSE(printer.is_accepting);
    EXPECT_EQ(printer.waiting, 4);
    EXPECT_EQ(printer.up_time, 77);
    EXPECT_THAT(printer.operations, ElementsAre(5, 6));
    const auto& can = printer.capabilities;
    EXPECT_THAT(can.formats, ElementsAre("application/pdf"));
    ASSERT_EQ(can.supported.size(), 3U);
    EXPECT_NEAR(can.supported[1].width, 215.9, 0.01) << "an older name";
    EXPECT_EQ(can.supported[2].width, 0);
    ASSERT_EQ(can.ready.size(), 1U) << "media-col-ready tells more than media-ready";
    EXPECT_EQ(can.ready[0].name, "iso_a4_210x297mm");
    EXPECT_EQ(can.ready[0].height, 297);
    EXPECT_EQ(can.ready[0].tray, "tray-2");
    EXPECT_THAT(can.dpi, ElementsAre(203, 300));
}

TEST(IppAnswers, NameLoadedPaperAsThePrinterDoes) {
    const auto ready = [](const std::string& supported) {
        const auto answer = parse_ipp_answer(
            Fake::message(0, Fake::group(4) + Fake::attribute(0x34, "media-col-ready", "") +
                                 member("media-size") + kBegin + member("x-dimension") +
                                 Fake::number(0x21, "", 10000) + member("y-dimension") +
                                 Fake::number(0x21, "", 15000) + kEnd + kEnd +
                                 Fake::keyword("media-supported", supported)));
        return answer ? answer->printer.capabilities.ready.at(0).name : "none";
    };
    EXPECT_EQ(ready("custom_labels_100x150mm"), "custom_labels_100x150mm");
    EXPECT_EQ(ready("iso_a4_210x297mm"), "om_small-photo_100x150mm");
}

TEST(IppAnswers, OfJobs) {
    const auto answer = parse_ipp_answer(Fake::message(1, job_groups()));
    ASSERT_TRUE(answer);
    EXPECT_EQ(answer->status, 1);
    ASSERT_EQ(answer->jobs.size(), 2U);
    EXPECT_EQ(answer->job.id, 7);
    EXPECT_EQ(answer->job.name, "insert-1");
    EXPECT_EQ(answer->job.state, IppJobState::Completed);
    EXPECT_EQ(answer->job.was_processed, false);
    EXPECT_EQ(answer->job.kilobytes, 12);
    EXPECT_EQ(answer->job.impressions, std::nullopt) << "-2 is not known";
    EXPECT_EQ(answer->jobs[1].was_processed, true);
    EXPECT_EQ(answer->jobs[1].state, IppJobState::Nonsense);
}

TEST(IppAnswers, SeeWhatWasNotTakenAsAsked) {
    const auto with = [](const std::string& name) {
        const auto answer = parse_ipp_answer(
            Fake::message(1, Fake::group(5) + Fake::attribute(0x10, name, "") + job_groups()));
        return answer && answer->has_substitute;
    };
    for (const char* name : {"media", "media-col", "sides"}) EXPECT_TRUE(with(name)) << name;
    for (const char* name : {"print-scaling", "copies"}) EXPECT_FALSE(with(name)) << name;
}

TEST(IppAnswers, OfWrongTypesAreLeftOut) {
    const auto answer = parse_ipp_answer(Fake::message(
        0, Fake::group(2) + Fake::attribute(0x42, "job-id", "seven") +
               Fake::number(0x21, "job-name", 5) + Fake::keyword("job-state", "done") +
               Fake::number(0x21, "job-state-reasons", 1) + Fake::group(4) +
               Fake::number(0x21, "media-col-ready", 3) + Fake::keyword("printer-state", "idle") +
               Fake::number(0x21, "printer-is-accepting-jobs", 0)));
    ASSERT_TRUE(answer);
    EXPECT_EQ(answer->job.id, 0);
    EXPECT_EQ(answer->job.name, "");
    EXPECT_EQ(answer->job.state, IppJobState::Nonsense);
    EXPECT_EQ(answer->printer.state, IppPrinterState::Nonsense);
    EXPECT_TRUE(answer->printer.is_accepting);
}

TEST(IppAnswers, WithControlCharactersAreCleaned) {
    const auto answer = parse_ipp_answer(Fake::message(
        0,
        Fake::group(4) + Fake::attribute(0x41, "printer-make-and-model", "Evil\x1B[2J\nPrinter")));
    ASSERT_TRUE(answer);
    EXPECT_EQ(answer->printer.capabilities.make, "Evil [2J Printer");
}

TEST(IppPacket, RefusesWhatHasNoEndAndWhatIsTooDeep) {
    const auto whole = Fake::message(0, printer_groups() + job_groups());
    EXPECT_TRUE(is_sound_packet(whole));
    for (std::size_t size = 0; size < whole.size(); ++size) {
        EXPECT_FALSE(is_sound_packet(whole.substr(0, size))) << size;
        EXPECT_FALSE(parse_ipp_answer(whole.substr(0, size))) << size;
    }
    for (const int depth : {8, 9, 100000}) {
        std::string deep = Fake::group(4) + Fake::attribute(0x34, "media-col-ready", "");
        std::string tail = kEnd;
        for (int level = 1; level < depth; ++level) {
            deep += member("media-size") + kBegin;
            tail += kEnd;
        }
        EXPECT_EQ(parse_ipp_answer(Fake::message(0, deep + tail)).has_value(), depth <= 8) << depth;
        EXPECT_FALSE(parse_ipp_answer(Fake::message(0, deep))) << "never closed";
    }
}

// Bytes changed, left out and doubled: an answer or none, and the parser lives.
TEST(IppAnswers, SurviveNoise) {
    constexpr std::uint32_t kSeed = 70703;
    std::mt19937 random(kSeed);
    const auto whole = Fake::message(0, printer_groups() + job_groups());
    int parsed = 0;
    for (int round = 0; round < 5000; ++round) {
        auto bytes = whole;
        for (auto changes = 1 + random() % 6; changes > 0; --changes) {
            const auto at = random() % bytes.size();
            const auto kind = random() % 3;
            if (kind == 0) bytes[at] = static_cast<char>(random());
            if (kind == 1) bytes.erase(at, 1 + random() % 4);
            if (kind == 2) bytes.insert(at, bytes.substr(random() % bytes.size(), random() % 40));
            if (bytes.empty()) bytes = "x";
        }
        const auto answer = parse_ipp_answer(bytes);
        parsed += answer ? 1 : 0;
    }
    EXPECT_GT(parsed, 50) << "seed " << kSeed;
}

TEST(IppRequests, AreSoundAndSayWhatIsMeant) {
    const IppAddressee to{"ipp://printer.example.com:631/ipp/print", 11};
    PaperChoice choice{"na_index-4x6_4x6in", "", "two-sided-long-edge", "application/pdf"};
    const auto request = create_job_request(to, "insert-4711", choice, true);
    EXPECT_TRUE(is_sound_packet(request));
    EXPECT_EQ(request.substr(0, 4), std::string("\1\1\0\5", 4)) << "version and operation";
    for (const char* part : {"insert-4711", "na_index-4x6_4x6in", "two-sided-long-edge",
                             "print-scaling", "none", "copies", "ipp://printer.example.com:631"})
        EXPECT_THAT(request, ::testing::HasSubstr(part));
    choice.tray = "tray-2";
    const auto with_tray = create_job_request(to, "insert-4711", choice, false);
    EXPECT_THAT(with_tray, ::testing::HasSubstr("media-source"));
    EXPECT_THAT(with_tray, ::testing::HasSubstr("x-dimension"));
    EXPECT_THAT(with_tray, ::testing::Not(::testing::HasSubstr("na_index-4x6_4x6in")));
    for (const auto& one : {ask_printer_request(to, true), ask_printer_request(to, false),
                            list_jobs_request(to, true), ask_job_request(to, 3),
                            cancel_job_request(to, 3), send_document_request(to, 3, "n", "f")})
        EXPECT_TRUE(is_sound_packet(one));
}

}  // namespace
}  // namespace verso::printer

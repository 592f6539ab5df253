// SPDX-License-Identifier: Apache-2.0
// Against real programs: ippeveprinter, a printer without paper, and a CUPS server of the test's
// own.
#include "printer/ipp/ipp_device.h"

#include <signal.h>
#include <sys/wait.h>
#include <unistd.h>

#include <algorithm>
#include <chrono>
#include <cstdio>
#include <cstdlib>
#include <random>
#include <thread>
#include <utility>

#include "device_fixture.h"
#include "tests/support/cups_server.h"
#include "tests/support/ipp_printer.h"

namespace verso::printer::tests {
namespace {

using ::testing::Each;
using ::testing::ElementsAre;
using ::testing::HasSubstr;
using verso::tests::CupsServer;
using verso::tests::IppPrinter;

class IppDeviceTest : public DeviceTest {
  protected:
    void SetUp() override {
        if (const auto reason = IppPrinter::reason_to_skip(); !reason.empty())
            GTEST_SKIP() << reason;
        printer = std::make_unique<IppPrinter>();
    }
    std::unique_ptr<IppPrinter> printer;

    int copies(const std::string& name) const {
        const auto all = printer->printed();
        return static_cast<int>(std::count(all.begin(), all.end(), name));
    }
    /// Hands over in a process of its own that ends at a step; false when it had no such step.
    bool die_at(int step, const Document& what, SharedNotes& notes, const std::string& uri) {
        const pid_t child = ::fork();
        if (child == 0) {
            notes.die_at = step;
            (void)open(uri)->hand_over(what, notes.known(), notes);
            ::_exit(0);
        }
        int status = 0;
        ::waitpid(child, &status, 0);
        return WIFEXITED(status) && WEXITSTATUS(status) == SharedNotes::kDied;
    }
};

TEST_F(IppDeviceTest, PrintsAndTheDocumentArrivesAsItIs) {
    const auto device = open(printer->uri());
    const std::size_t large = 3000001;
    SharedNotes notes;
    const auto outcome = device->hand_over(document("insert-1", large), {}, notes);
    expect_end(outcome, End::Done);
    EXPECT_TRUE(printer->document("insert-1") == content("insert-1", large));
    EXPECT_EQ(notes.known().step, HandOver::Step::Printing);
    EXPECT_EQ(notes.known().device_job, "1");
    EXPECT_EQ(notes.keeps(), 3);
}

TEST_F(IppDeviceTest, KeepsTheOrderOfTwentyDocuments) {
    const auto device = open(printer->uri());
    std::vector<std::string> names;
    for (int at = 0; at < 20; ++at) {
        names.push_back("insert-" + std::to_string(at));
        expect_end(print(*device, document(names.back())), End::Done);
    }
    EXPECT_EQ(printer->printed(), names);
}

TEST_F(IppDeviceTest, TellsWhatItCanDoAndHowItIs) {
    const auto device = open(printer->uri());
    const auto can = device->capabilities();
    ASSERT_TRUE(can) << can.error().text();
    EXPECT_EQ(can->make, "Test Label Printer");
    EXPECT_THAT(can->formats, ElementsAre("application/pdf", "application/vnd.zebra-zpl",
                                          "application/octet-stream"));
    ASSERT_EQ(can->ready.size(), 2U);
    EXPECT_EQ(can->ready[0].width, 210);
    EXPECT_THAT(can->dpi, ElementsAre(203, 300));
    const auto state = device->state();
    ASSERT_TRUE(state) << state.error().text();
    EXPECT_TRUE(state->is_ready);
    EXPECT_EQ(state->trouble, "");
}

TEST_F(IppDeviceTest, JobThatThePrinterBreaksOffFails) {
    const auto device = open(printer->uri());
    printer->set_failing(true);
    const auto outcome = print(*device, document("insert-1"));
    expect_end(outcome, End::Failed, "aborted-by-system");
    EXPECT_THAT(outcome.reason.where, HasSubstr("ipp://localhost"));
    printer->set_failing(false);
    expect_end(print(*device, document("insert-2")), End::Done);
}

TEST_F(IppDeviceTest, WrongPaperIsRefusedBeforeAnythingIsSent) {
    const auto device = open(printer->uri());
    auto label = document("label");
    label.paper.width = 100;
    label.paper.height = 150;
    expect_end(print(*device, label), End::Failed, "needed is 100 x 150 mm");
    label.paper = PaperNeed{DocumentFormat::Zpl, 101.6, 152.4, false, 600};
    expect_end(print(*device, label), End::Failed, "203, 300 dpi");
    label.paper.dpi = 203;
    expect_end(print(*device, label), End::Done);
    EXPECT_THAT(printer->log(), ::testing::Not(HasSubstr("client-error")));
}

TEST_F(IppDeviceTest, DocumentBeyondTheLimitIsRefused) {
    options.most_bytes = 1000;
    const auto device = open(printer->uri());
    const auto outcome = print(*device, document("insert-1"));
    EXPECT_EQ(outcome.kind, End::Failed);
    EXPECT_EQ(outcome.reason.code, ErrorCode::LimitExceeded);
    EXPECT_EQ(printer->log().find("Create-Job"), std::string::npos);
}

TEST_F(IppDeviceTest, StopsWhilePrintingAndGoesOnLater) {
    const auto device = open(printer->uri());
    printer->set_slow("0.3");
    const auto what = document("insert-1");
    SharedNotes notes;
    notes.stop = [&] { return notes.known().step == HandOver::Step::Printing; };
    expect_end(device->hand_over(what, {}, notes), End::Stopped);
    notes.stop = {};
    expect_end(device->hand_over(what, notes.known(), notes), End::Done);
    EXPECT_THAT(printer->printed(), ElementsAre("insert-1"));
}

// The process ends after each step in turn; another one goes on from what was kept.
TEST_F(IppDeviceTest, ProcessThatEndsAtAnyStepPrintsOnce) {
    options.answer_timeout = std::chrono::milliseconds(400);
    int done = 0;
    for (int step = 0; step < 100; ++step) {
        const auto name = "insert-" + std::to_string(step);
        const auto what = document(name, 300000);
        SharedNotes notes;
        if (!die_at(step, what, notes, printer->uri())) {
            done = step;
            break;
        }
        const auto outcome = open(printer->uri())->hand_over(what, notes.known(), notes);
        expect_end(outcome, End::Done);
        EXPECT_EQ(copies(name), 1) << "ended at step " << step;
    }
    EXPECT_GT(done, 10) << "steps to end at";
}

// As above, but the clock chooses the instant; VERSO_KILLS=1000 for more of them.
TEST_F(IppDeviceTest, ProcessThatIsKilledAtAnyTimePrintsOnce) {
    constexpr std::uint32_t kSeed = 70704;
    std::mt19937 random(kSeed);
    options.answer_timeout = std::chrono::milliseconds(400);
    const char* more = std::getenv("VERSO_KILLS");
    const int kills = more == nullptr ? 20 : std::atoi(more);
    int unknown = 0, killed = 0;
    for (int round = 0; round < kills; ++round) {
        const auto name = "insert-" + std::to_string(round);
        const auto what = document(name, 1 + random() % 400000);
        SharedNotes notes;
        const pid_t child = ::fork();
        if (child == 0) {
            (void)open(printer->uri())->hand_over(what, {}, notes);
            ::_exit(0);
        }
        std::this_thread::sleep_for(std::chrono::microseconds(random() % 30000));
        ::kill(child, SIGKILL);
        int status = 0;
        ::waitpid(child, &status, 0);
        killed += WIFSIGNALED(status) ? 1 : 0;
        const auto outcome = open(printer->uri())->hand_over(what, notes.known(), notes);
        unknown += outcome.kind == End::Unknown ? 1 : 0;
        if (outcome.kind != End::Unknown) expect_end(outcome, End::Done);
        EXPECT_EQ(copies(name), 1) << "seed " << kSeed << " round " << round;
    }
    std::printf("%d of %d were killed, %d unknown\n", killed, kills, unknown);
}

TEST_F(IppDeviceTest, PrinterThatIsSwitchedOffAtAnyTimePrintsNothingTwice) {
    constexpr std::uint32_t kSeed = 70705;
    std::mt19937 random(kSeed);
    const char* more = std::getenv("VERSO_KILLS");
    const int kills = more == nullptr ? 10 : std::atoi(more);
    int done = 0, unknown = 0;
    options.print_timeout = std::chrono::milliseconds(5000);
    const auto device = open(printer->uri());
    for (int round = 0; round < kills; ++round) {
        const auto name = "insert-" + std::to_string(round);
        const auto what = document(name, 1 + random() % 400000);
        const auto wait = std::chrono::microseconds(random() % 30000);
        SharedNotes notes;
        Outcome outcome;
        std::thread hand([&] { outcome = device->hand_over(what, {}, notes); });
        std::this_thread::sleep_for(wait);
        printer->kill();
        printer->start();
        hand.join();
        if (outcome.kind == End::Waiting) outcome = device->hand_over(what, notes.known(), notes);
        EXPECT_LE(copies(name), 1) << "seed " << kSeed << " round " << round;
        if (outcome.kind == End::Done) {
            EXPECT_EQ(copies(name), 1) << "seed " << kSeed << " round " << round;
        } else {
            EXPECT_EQ(outcome.kind, End::Unknown) << outcome.reason.text();
        }
        done += outcome.kind == End::Done ? 1 : 0;
        unknown += outcome.kind == End::Unknown ? 1 : 0;
    }
    std::printf("%d done, %d unknown\n", done, unknown);
}

TEST_F(IppDeviceTest, PrinterThatIsSwitchedOffWhilePrintingAndForgetsIsUnknown) {
    const auto device = open(printer->uri());
    printer->set_slow("10");
    SharedNotes notes;
    bool is_cut = false;
    notes.on_step = [&](std::string_view step) {
        if (step != "ipp: ask-job" || std::exchange(is_cut, true)) return;
        printer->kill();
        printer->start();
    };
    expect_end(device->hand_over(document("insert-1"), {}, notes), End::Unknown,
               "does not know job 1");
}

TEST_F(IppDeviceTest, PrinterThatIsSwitchedOffBeforeTheDocumentLeftPrintsOnce) {
    for (const std::string at : {"ipp: ask-printer", "ipp: create-job", "ipp: keep"}) {
        const auto device = open(printer->uri());
        SharedNotes notes;
        bool is_cut = false;
        notes.on_step = [&](std::string_view step) {
            if (step != at || std::exchange(is_cut, true)) return;
            printer->kill();
            printer->start();
        };
        expect_end(device->hand_over(document("insert-" + at.substr(5)), {}, notes), End::Done);
        EXPECT_EQ(copies("insert-" + at.substr(5)), 1) << at;
    }
}

TEST_F(IppDeviceTest, PrinterThatIsOffWaits) {
    const auto device = open(printer->uri());
    printer->kill();
    expect_end(print(*device, document("insert-1")), End::Waiting, "cannot be reached");
    const auto state = device->state();
    ASSERT_FALSE(state);
    EXPECT_EQ(state.error().code, ErrorCode::PrinterFailed);
    printer->start();
    expect_end(print(*device, document("insert-1")), End::Done);
}

TEST_F(IppDeviceTest, CertificateIsShownAcceptedAndHeldOnTo) {
    const auto uri = printer->uri("ipps");
    auto outcome = print(*open(uri), document("insert-1"));
    expect_end(outcome, End::Waiting, "--accept-certificate ");
    const auto shown = shown_certificate(*parse_device_uri(uri), options);
    ASSERT_TRUE(shown) << shown.error().text();
    EXPECT_EQ(shown->size(), 64U);
    EXPECT_THAT(outcome.reason.cure, HasSubstr(*shown));
    options.certificate = *shown;
    expect_end(print(*open(uri), document("insert-1")), End::Done);
    std::transform(options.certificate.begin(), options.certificate.end(),
                   options.certificate.begin(),
                   [](unsigned char one) { return std::toupper(one); });
    options.certificate.insert(2, ":");
    expect_end(print(*open(uri), document("insert-2")), End::Done);
    options.certificate = std::string(64, 'a');
    outcome = print(*open(uri), document("insert-3"));
    expect_end(outcome, End::Waiting, "another certificate");
    EXPECT_THAT(printer->printed(), ElementsAre("insert-1", "insert-2"));
}

TEST_F(IppDeviceTest, CupsQueueIsAPrinterToo) {
    if (const auto reason = CupsServer::reason_to_skip(); !reason.empty()) GTEST_SKIP() << reason;
    CupsServer cups;
    cups.add_queue("labels");
    const auto device = open(cups.uri("labels"));
    expect_end(print(*device, document("insert-1")), End::Done);
    EXPECT_TRUE(cups.document(1) == content("insert-1")) << cups.log();
    auto label = document("label-2");
    label.paper = PaperNeed{DocumentFormat::Zpl, 101.6, 152.4, false, 203};
    expect_end(print(*device, label), End::Done);
    EXPECT_TRUE(cups.document(2) == content("label-2")) << "not guessed at, but handed through";
    expect_end(print(*open(cups.uri("nosuch")), document("x")), End::Waiting, "no such printer");
    cups.pause("labels");
    expect_end(print(*device, document("insert-3")), End::Waiting, "paused");
    EXPECT_EQ(cups.printed(), 2);
    cups.resume("labels");
    expect_end(print(*device, document("insert-3")), End::Done);
    EXPECT_EQ(cups.printed(), 3);
    expect_end(print(*open(cups.socket_uri("labels")), document("insert-4")), End::Done);
    EXPECT_TRUE(cups.document(4) == content("insert-4"));
}

TEST_F(IppDeviceTest, ProcessThatEndsAtAnyStepPrintsOnceThroughCups) {
    if (const auto reason = CupsServer::reason_to_skip(); !reason.empty()) GTEST_SKIP() << reason;
    options.answer_timeout = std::chrono::milliseconds(400);
    CupsServer cups;
    cups.add_queue("labels");
    int steps = 0;
    while (true) {
        const auto what = document("insert-" + std::to_string(steps), 300000);
        SharedNotes notes;
        if (!die_at(steps, what, notes, cups.uri("labels"))) break;
        const int before = cups.printed();
        const auto outcome = open(cups.uri("labels"))->hand_over(what, notes.known(), notes);
        expect_end(outcome, End::Done);
        EXPECT_LE(cups.printed(), before + 1) << "ended at step " << steps;
        EXPECT_EQ(cups.printed(), ++steps);
        if (steps > 100) break;
    }
    EXPECT_GT(steps, 10);
}

TEST_F(IppDeviceTest, CupsThatIsKilledAtAnyStepPrintsOnce) {
    if (const auto reason = CupsServer::reason_to_skip(); !reason.empty()) GTEST_SKIP() << reason;
    CupsServer cups;
    cups.add_queue("labels");
    int printed = 0;
    for (const std::string at : {"create-job", "send-document"}) {
        const auto device = open(cups.uri("labels"));
        SharedNotes notes;
        bool is_cut = false;
        notes.on_step = [&](std::string_view step) {
            if (step != "ipp: " + at || std::exchange(is_cut, true)) return;
            cups.kill();
            cups.start();
        };
        const auto outcome = device->hand_over(document("insert-" + at), {}, notes);
        EXPECT_TRUE(outcome.kind == End::Done || outcome.kind == End::Unknown)
            << outcome.reason.text();
        EXPECT_LE(cups.printed(), printed + 1) << at;
        if (outcome.kind == End::Done) {
            EXPECT_EQ(cups.printed(), printed + 1) << at;
        }
        printed = cups.printed();
    }
}

}  // namespace
}  // namespace verso::printer::tests

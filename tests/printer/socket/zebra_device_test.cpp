// SPDX-License-Identifier: Apache-2.0
// The device against a fake printer that has one fault at a time.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <chrono>
#include <thread>

#include "label_file.h"
#include "tests/support/fake_zebra.h"
#include "tests/support/shared_notes.h"

namespace verso::printer {
namespace {

using std::chrono::milliseconds;
using std::chrono::steady_clock;
using testing::HasSubstr;
using Kind = Outcome::Kind;

class ZebraDeviceTest : public testing::Test {
  protected:
    Outcome print(int labels = 6) {
        if (!file_) file_ = std::make_unique<LabelFile>(labels);
        printer_ = std::make_unique<FakeZebra>(habits_);
        return again();
    }
    Outcome again() {
        return device_at(printer_->port(), options_)
            ->hand_over(file_->document(), notes_.known(), notes_);
    }
    // Exactly those labels, each once.
    void expect_printed(int labels) const {
        EXPECT_EQ(std::ssize(printer_->printed()), labels);
        for (int label = 1; label <= labels; ++label)
            EXPECT_EQ(printer_->copies()[std::to_string(label)], 1) << "label " << label;
    }

    ZebraHabits habits_;
    DeviceOptions options_ = quick_options();
    SharedNotes notes_;
    std::unique_ptr<LabelFile> file_;
    std::unique_ptr<FakeZebra> printer_;
};

TEST_F(ZebraDeviceTest, LabelsComeOutOnceAndInOrder) {
    EXPECT_EQ(print(7).kind, Kind::Done);
    expect_printed(7);
    EXPECT_EQ(printer_->printed().front(), "1");
    EXPECT_EQ(printer_->printed().back(), "7");
}

TEST_F(ZebraDeviceTest, SlowPrinterIsNeverGivenMoreThanItMayHold) {
    habits_.per_label = milliseconds(8);
    habits_.buffer_labels = 2;
    EXPECT_EQ(print(9).kind, Kind::Done);
    expect_printed(9);
    for (const DeviceState& state : notes_.told) EXPECT_LE(state.waiting, options_.labels_ahead);
}

TEST_F(ZebraDeviceTest, WithoutACounterTheBufferTells) {
    habits_.has_counter = false;
    habits_.per_label = milliseconds(3);
    EXPECT_EQ(print(4).kind, Kind::Done);
    expect_printed(4);
}

TEST_F(ZebraDeviceTest, ConnectionIsKeptBetweenDocuments) {
    file_ = std::make_unique<LabelFile>(1);
    printer_ = std::make_unique<FakeZebra>(habits_);
    const auto device = device_at(printer_->port());
    for (int i = 0; i < 3; ++i) {
        SharedNotes notes;
        EXPECT_EQ(device->hand_over(file_->document(), {}, notes).kind, Kind::Done);
    }
    EXPECT_EQ(printer_->connections_made(), 1);
    // One that died meanwhile is replaced.
    printer_->cut_connections();
    SharedNotes notes;
    EXPECT_EQ(device->hand_over(file_->document(), {}, notes).kind, Kind::Done);
    printer_->power_cycle();
    std::this_thread::sleep_for(milliseconds(60));
    SharedNotes later;
    EXPECT_EQ(device->hand_over(file_->document(), {}, later).kind, Kind::Done);
    EXPECT_EQ(printer_->copies()["1"], 5);
}

TEST_F(ZebraDeviceTest, RestingGivesTheOneConnectionBack) {
    file_ = std::make_unique<LabelFile>(1);
    printer_ = std::make_unique<FakeZebra>(habits_);
    const auto one = device_at(printer_->port(), options_, "zebra");
    const auto other = device_at(printer_->port(), options_, "zebra");
    EXPECT_EQ(one->hand_over(file_->document(), {}, notes_).kind, Kind::Done);
    EXPECT_FALSE(other->state());
    EXPECT_EQ(other->capabilities()->formats.size(), 1U);  // it can be reached: no reason to refuse
    one->rest();
    EXPECT_TRUE(other->state());
    other->rest();
    SharedNotes notes;
    EXPECT_EQ(one->hand_over(file_->document(), {}, notes).kind, Kind::Done);
}

TEST_F(ZebraDeviceTest, PaperOutInTheMiddleIsWaitedForAndTold) {
    habits_.paper_out_after = 3;
    habits_.per_label = milliseconds(2);
    EXPECT_EQ(print(8).kind, Kind::Done);
    expect_printed(8);
    EXPECT_TRUE(notes_.was_told("paper out"));
}

TEST_F(ZebraDeviceTest, SpoiledLabelThatCountsTwiceIsNoReasonToSkipOne) {
    habits_.paper_out_after = 3;
    habits_.counts_spoiled = true;
    habits_.per_label = milliseconds(2);
    EXPECT_EQ(print(8).kind, Kind::Done);
    expect_printed(8);
}

TEST_F(ZebraDeviceTest, PaperOutBeforeTheFirstLabelWaitsAndSendsNothing) {
    habits_.paper_out_after = 0;
    habits_.repaired_after = milliseconds(100000);
    printer_ = std::make_unique<FakeZebra>(habits_);
    file_ = std::make_unique<LabelFile>(2);
    SharedNotes first;
    // One label makes it notice.
    LabelFile one(1);
    first.stop = [&] { return first.was_told("paper out"); };
    EXPECT_EQ(device_at(printer_->port(), options_)->hand_over(one.document(), {}, first).kind,
              Kind::Stopped);
    const auto before = printer_->bytes_read();
    const Outcome outcome = again();
    EXPECT_EQ(outcome.kind, Kind::Waiting);
    EXPECT_THAT(outcome.reason.message, HasSubstr("paper out"));
    EXPECT_LT(printer_->bytes_read() - before, 100);
    EXPECT_EQ(notes_.keeps(), 0);
    const auto state = device_at(printer_->port(), options_, "zebra")->state();
    ASSERT_TRUE(state);
    EXPECT_EQ(state->trouble, "paper out");
    EXPECT_FALSE(state->is_ready);
}

TEST_F(ZebraDeviceTest, CloseAndResetGoOnAtTheRightLabel) {
    habits_.close_after = 3;
    EXPECT_EQ(print(8).kind, Kind::Done);
    expect_printed(8);
}

TEST_F(ZebraDeviceTest, PowerCutWithTheCounterKeptGoesOnAtTheRightLabel) {
    habits_.power_cut_after = 3;
    habits_.per_label = milliseconds(2);
    EXPECT_EQ(print(8).kind, Kind::Done);
    expect_printed(8);
}

TEST_F(ZebraDeviceTest, PowerCutWithTheCounterLostIsUnknown) {
    habits_.power_cut_after = 3;
    habits_.counter_survives = false;
    habits_.per_label = milliseconds(2);
    const Outcome outcome = print(8);
    EXPECT_EQ(outcome.kind, Kind::Unknown);
    EXPECT_LE(outcome.last_unknown - outcome.first_unknown, 1);
    EXPECT_GE(4, outcome.first_unknown);
    EXPECT_LE(4, outcome.last_unknown);
    EXPECT_EQ(notes_.known().printed + 1, outcome.first_unknown);
    EXPECT_EQ(notes_.known().sent, outcome.last_unknown);
    EXPECT_EQ(again().kind, Kind::Unknown);  // asking again changes nothing
    expect_printed(3);
}

TEST_F(ZebraDeviceTest, CutWithoutACounterIsUnknownAndAPersonsWordGoesOn) {
    habits_.has_counter = false;
    habits_.power_cut_after = 3;
    habits_.per_label = milliseconds(2);
    const Outcome outcome = print(8);
    ASSERT_EQ(outcome.kind, Kind::Unknown);
    HandOver said = notes_.known();
    said.printed = said.sent = 3;
    ASSERT_TRUE(notes_.keep(said));
    EXPECT_EQ(again().kind, Kind::Done);
    expect_printed(8);
}

TEST_F(ZebraDeviceTest, SilentPrinterGetsNothing) {
    habits_.answers = false;
    options_.answer_timeout = milliseconds(60);
    const Outcome outcome = print(2);
    EXPECT_EQ(outcome.kind, Kind::Waiting);
    EXPECT_THAT(outcome.reason.message, HasSubstr("~HS"));
    EXPECT_EQ(notes_.keeps(), 0);
    expect_printed(0);
    EXPECT_FALSE(device_at(printer_->port(), options_, "zebra")->state());
}

TEST_F(ZebraDeviceTest, NonsenseForAnAnswerIsSilence) {
    habits_.answer = ZebraHabits::Answer::Garbage;
    options_.answer_timeout = milliseconds(60);
    EXPECT_EQ(print(2).kind, Kind::Waiting);
    expect_printed(0);
}

TEST_F(ZebraDeviceTest, AnswersInPiecesAndTwiceAreUnderstood) {
    for (const auto manner : {ZebraHabits::Answer::Pieces, ZebraHabits::Answer::Twice}) {
        file_.reset();
        ASSERT_TRUE(notes_.keep({}));
        habits_.answer = manner;
        EXPECT_EQ(print(4).kind, Kind::Done);
        expect_printed(4);
    }
}

TEST_F(ZebraDeviceTest, SlowReaderIsWaitedFor) {
    habits_.slow_bytes = 40;
    EXPECT_EQ(print(4).kind, Kind::Done);
    expect_printed(4);
}

TEST_F(ZebraDeviceTest, HalfOpenConnectionIsLeftWithItsMark) {
    habits_.half_open_after = 3;
    habits_.per_label = milliseconds(2);
    options_.answer_timeout = milliseconds(250);
    const Outcome outcome = print(8);
    EXPECT_EQ(outcome.kind, Kind::Waiting) << outcome.reason.text();
    EXPECT_GT(notes_.known().sent, notes_.known().printed);
    habits_.half_open_after = -1;
    printer_->change(habits_);
    options_ = quick_options();
    EXPECT_EQ(again().kind, Kind::Done);
    expect_printed(8);
}

TEST_F(ZebraDeviceTest, UnreachablePrinterWaits) {
    file_ = std::make_unique<LabelFile>(1);
    int port = 0;
    {
        const FakeZebra gone(habits_);
        port = gone.port();
    }
    const Outcome outcome = device_at(port)->hand_over(file_->document(), {}, notes_);
    EXPECT_EQ(outcome.kind, Kind::Waiting);
    EXPECT_FALSE(outcome.reason.cure.empty());
    EXPECT_FALSE(device_at(port, options_, "zebra")->state());
    EXPECT_FALSE(device_at(port)->state());
}

TEST_F(ZebraDeviceTest, NamesAreLookedUp) {
    printer_ = std::make_unique<FakeZebra>(habits_);
    DeviceUri uri;
    uri.kind = DeviceKind::Socket;
    uri.port = printer_->port();
    uri.options["status"] = "zebra";
    uri.host = "localhost";  // on many machines first ::1, where nobody listens
    EXPECT_TRUE(make_socket_device(uri, options_)->state());
    uri.host = "no-such-printer.invalid";
    const auto nobody = make_socket_device(uri, options_)->state();
    ASSERT_FALSE(nobody);
    EXPECT_EQ(nobody.error().code, ErrorCode::PrinterFailed);
}

TEST_F(ZebraDeviceTest, LabelsForAnotherResolutionAreRefused) {
    file_ = std::make_unique<LabelFile>(1);
    printer_ = std::make_unique<FakeZebra>(habits_);
    Document document = file_->document();
    document.paper.dpi = 300;
    const Outcome outcome = device_at(printer_->port())->hand_over(document, {}, notes_);
    EXPECT_EQ(outcome.kind, Kind::Failed);
    EXPECT_THAT(outcome.reason.message, HasSubstr("203"));
    document.paper.dpi = 203;
    EXPECT_EQ(device_at(printer_->port())->hand_over(document, {}, notes_).kind, Kind::Done);
    const auto told = device_at(printer_->port(), options_, "zebra")->capabilities();
    ASSERT_TRUE(told);
    EXPECT_EQ(told->make, "ZT000-203dpi");
}

TEST_F(ZebraDeviceTest, DocumentThatCannotBeCountedIsRefusedBeforeSending) {
    file_ = std::make_unique<LabelFile>(1);
    printer_ = std::make_unique<FakeZebra>(habits_);
    std::ofstream(file_->document().file) << "^XA^FDx^FS^PQ2^XZ";
    EXPECT_EQ(again().kind, Kind::Failed);
    std::ofstream(file_->document().file) << "";
    EXPECT_EQ(again().kind, Kind::Failed);
    options_.most_bytes = 3;
    std::ofstream(file_->document().file) << "^XA^FDx^FS^XZ";
    EXPECT_EQ(again().reason.code, ErrorCode::LimitExceeded);
    EXPECT_EQ(printer_->bytes_read(), 0);
}

TEST_F(ZebraDeviceTest, PdfForALabelPrinterIsRefused) {
    file_ = std::make_unique<LabelFile>(1);
    printer_ = std::make_unique<FakeZebra>(habits_);
    Document document = file_->document();
    document.paper.format = DocumentFormat::Pdf;
    EXPECT_EQ(device_at(printer_->port(), options_, "zebra")->hand_over(document, {}, notes_).kind,
              Kind::Failed);
}

TEST_F(ZebraDeviceTest, StopIsObeyedWithinATenthOfASecond) {
    habits_.pause_after = 0;
    habits_.repaired_after = milliseconds(100000);
    habits_.connections = 1;
    file_ = std::make_unique<LabelFile>(2);
    printer_ = std::make_unique<FakeZebra>(habits_);
    // A printer whose one connection is somebody else's: it takes ours and says nothing.
    const auto other = device_at(printer_->port(), options_, "zebra");
    ASSERT_TRUE(other->state());
    const auto begin = steady_clock::now();
    options_.answer_timeout = milliseconds(20000);
    notes_.stop = [&] { return steady_clock::now() - begin > milliseconds(50); };
    EXPECT_EQ(again().kind, Kind::Stopped);
    EXPECT_LT(steady_clock::now() - begin, milliseconds(1000));  // of a busy machine
    EXPECT_EQ(notes_.keeps(), 0);
}

}  // namespace
}  // namespace verso::printer

// SPDX-License-Identifier: Apache-2.0
// Path by path: the test is the printer and the clock.
#include "printer/zebra/zebra_machine.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace verso::printer {
namespace {

using Act = ZebraAction::Kind;
using Event = ZebraEvent::Kind;
using Kind = Outcome::Kind;
using std::chrono::milliseconds;
using std::chrono::seconds;
using testing::HasSubstr;

constexpr std::string_view kPrinter = "192.0.2.7:9100";

HandOver on_the_way(int printed, int sent, const std::string& mark = {}) {
    HandOver out;
    out.step = HandOver::Step::Sending;
    out.printed = printed;
    out.sent = sent;
    out.mark = mark;
    return out;
}

/// A machine and what is needed to lead it.
class Lead {
  public:
    explicit Lead(int labels, HandOver known = {}, int ahead = 2) {
        plan_.labels = labels;
        plan_.known = known;
        plan_.printer = kPrinter;
        plan_.labels_ahead = ahead;
        machine_.emplace(plan_);
    }

    Act on(Event kind) {
        ZebraEvent event;
        event.kind = kind;
        return give(event);
    }
    Act lost(int begun) {
        ZebraEvent event;
        event.kind = Event::Lost;
        event.begun = begun;
        event.text = "reset";
        return give(event);
    }
    Act report(HostStatus status, std::optional<std::int64_t> counter = {}) {
        ZebraEvent event;
        event.kind = Event::Report;
        event.status = status;
        event.counter = counter;
        return give(event);
    }
    Act holds(int labels, std::optional<std::int64_t> counter = {}) {
        HostStatus status;
        status.formats = labels;
        return report(status, counter);
    }
    // Through the pause to the next question, and its answer.
    Act later(milliseconds pause, int labels, std::optional<std::int64_t> counter = {}) {
        now_ += pause;
        EXPECT_EQ(on(Event::Waited), Act::Ask);
        return holds(labels, counter);
    }
    // Up to the first labels on their way.
    void begin(std::optional<std::int64_t> counter = {}) {
        EXPECT_EQ(on(Event::Start), Act::Connect);
        EXPECT_EQ(on(Event::Connected), Act::Ask);
        EXPECT_EQ(holds(0, counter), Act::Keep);
        EXPECT_EQ(on(Event::Kept), Act::Send);
        EXPECT_EQ(on(Event::Sent), Act::Ask);
    }
    void stop() { stop_since_ = now_; }
    void pass(milliseconds time) { now_ += time; }

    ZebraAction last;

  private:
    Act give(const ZebraEvent& event) {
        last = machine_->resume(event, now_, stop_since_);
        return last.kind;
    }

    ZebraPlan plan_;
    std::optional<ZebraMachine> machine_;
    ZebraMachine::Time now_{seconds(1000)};
    std::optional<ZebraMachine::Time> stop_since_;
};

void expect_unknown(const ZebraAction& action, int first, int last) {
    ASSERT_EQ(action.kind, Act::End);
    EXPECT_EQ(action.outcome.kind, Kind::Unknown) << action.outcome.reason.message;
    EXPECT_EQ(action.outcome.first_unknown, first);
    EXPECT_EQ(action.outcome.last_unknown, last);
}

TEST(ZebraMachineTest, LabelsGoInWindowsAndEachIsKeptBefore) {
    Lead lead(5);
    EXPECT_EQ(lead.on(Event::Start), Act::Connect);
    EXPECT_EQ(lead.on(Event::Connected), Act::Ask);
    for (const int first : {1, 3, 5}) {
        const int last = std::min(first + 1, 5);
        ASSERT_EQ(lead.holds(0), Act::Keep) << first;
        EXPECT_EQ(lead.last.known.sent, last);
        EXPECT_EQ(lead.last.known.printed, first - 1);
        EXPECT_EQ(lead.last.known.step, HandOver::Step::Sending);
        ASSERT_EQ(lead.on(Event::Kept), Act::Send);
        EXPECT_EQ(lead.last.first, first);
        EXPECT_EQ(lead.last.last, last);
        EXPECT_EQ(lead.on(Event::Sent), Act::Ask);
    }
    EXPECT_EQ(lead.holds(0), Act::End);
    EXPECT_EQ(lead.last.outcome.kind, Kind::Done);
    EXPECT_FALSE(lead.last.drop);
}

TEST(ZebraMachineTest, NothingIsSentWhileThePrinterHoldsLabels) {
    Lead lead(3);
    lead.begin();
    EXPECT_EQ(lead.holds(2), Act::Wait);
    EXPECT_EQ(lead.later(milliseconds(50), 1), Act::Wait);
    // The last one may still be moving: a printer that was busy is asked twice.
    EXPECT_EQ(lead.later(milliseconds(50), 0), Act::Wait);
    EXPECT_EQ(lead.later(milliseconds(120), 0), Act::Keep);
    EXPECT_EQ(lead.last.known.printed, 2);
}

TEST(ZebraMachineTest, CounterTellsThatALabelIsOutAndLetsTheNextFollow) {
    Lead lead(4);
    lead.begin(1000);
    EXPECT_EQ(lead.holds(1, 1000), Act::Wait);  // one printing, one held: none is sure
    EXPECT_EQ(lead.later(milliseconds(50), 1, 1001), Act::Keep);
    EXPECT_EQ(lead.last.known.printed, 1);
    EXPECT_EQ(lead.last.known.sent, 3);
    EXPECT_EQ(lead.on(Event::Kept), Act::Send);
    EXPECT_EQ(lead.last.first, 3);
    EXPECT_EQ(lead.last.last, 3);
}

TEST(ZebraMachineTest, EmptyBufferIsNotEnoughWhereThereIsACounter) {
    Lead lead(2);
    lead.begin(1000);
    EXPECT_EQ(lead.holds(0, 1000), Act::Wait);
    EXPECT_EQ(lead.later(milliseconds(500), 0, 1001), Act::Wait);
    EXPECT_EQ(lead.later(milliseconds(500), 0, 1002), Act::End);
    EXPECT_EQ(lead.last.outcome.kind, Kind::Done);
}

TEST(ZebraMachineTest, LabelCancelledAtThePanelIsUnknown) {
    Lead lead(2);
    lead.begin(1000);
    EXPECT_EQ(lead.holds(0, 1001), Act::Wait);
    EXPECT_EQ(lead.later(seconds(11), 0, 1001), Act::Keep);
    lead.on(Event::Kept);
    expect_unknown(lead.last, 2, 2);
}

TEST(ZebraMachineTest, TroubleBeforeTheFirstLabelWaits) {
    for (bool HostStatus::*flag :
         {&HostStatus::paper_out, &HostStatus::head_open, &HostStatus::ribbon_out,
          &HostStatus::paused, &HostStatus::too_hot, &HostStatus::diagnostic}) {
        Lead lead(3);
        lead.on(Event::Start);
        lead.on(Event::Connected);
        HostStatus status;
        status.*flag = true;
        EXPECT_EQ(lead.report(status), Act::End);
        EXPECT_EQ(lead.last.outcome.kind, Kind::Waiting);
        EXPECT_THAT(lead.last.outcome.reason.message, HasSubstr("cannot print: "));
        EXPECT_FALSE(lead.last.outcome.reason.cure.empty());
    }
}

TEST(ZebraMachineTest, TroubleWithLabelsInsideIsWaitedForWithoutEnd) {
    Lead lead(3);
    lead.begin();
    HostStatus status;
    status.paper_out = true;
    status.formats = 1;
    for (int minute = 0; minute < 30; ++minute) {
        EXPECT_EQ(lead.report(status), Act::Wait);
        lead.pass(seconds(60));
        EXPECT_EQ(lead.on(Event::Waited), Act::Ask);
    }
    EXPECT_EQ(lead.holds(0), Act::Wait);
    EXPECT_EQ(lead.later(milliseconds(200), 0), Act::Keep);
    EXPECT_EQ(lead.last.known.printed, 2);
}

TEST(ZebraMachineTest, SpoiledLabelTakesTheCountersWordAway) {
    Lead lead(2);
    lead.begin(1000);
    HostStatus status;
    status.paper_out = true;
    status.formats = 1;
    EXPECT_EQ(lead.report(status, 1000), Act::Keep);
    EXPECT_EQ(lead.last.known.mark, "");
    EXPECT_EQ(lead.last.known.sent, 2);
    EXPECT_EQ(lead.on(Event::Kept), Act::Wait);
    // Counted twice: once spoiled, once whole. The buffer says when it is over.
    EXPECT_EQ(lead.later(milliseconds(50), 1, 1002), Act::Wait);
    EXPECT_EQ(lead.later(milliseconds(50), 0, 1003), Act::End);
    EXPECT_EQ(lead.last.outcome.kind, Kind::Done);
}

TEST(ZebraMachineTest, SilenceIsNeverReady) {
    Lead lead(2);
    lead.on(Event::Start);
    EXPECT_EQ(lead.on(Event::Connected), Act::Ask);
    EXPECT_EQ(lead.on(Event::Silence), Act::End);
    EXPECT_EQ(lead.last.outcome.kind, Kind::Waiting);
    EXPECT_TRUE(lead.last.drop);
}

TEST(ZebraMachineTest, SilenceWithLabelsOnTheWayIsListenedTo) {
    Lead lead(2);
    lead.begin();
    for (int i = 0; i < 59; ++i) {
        lead.pass(seconds(10));
        EXPECT_EQ(lead.on(Event::Silence), Act::Listen);
    }
    lead.pass(seconds(20));
    EXPECT_EQ(lead.on(Event::Silence), Act::End);
    expect_unknown(lead.last, 1, 2);
}

TEST(ZebraMachineTest, SilenceWithACounterBeginsAnew) {
    Lead lead(2);
    lead.begin(1000);
    lead.pass(seconds(10));
    EXPECT_EQ(lead.on(Event::Silence), Act::Connect);
    EXPECT_EQ(lead.on(Event::NotConnected), Act::Wait);
    EXPECT_EQ(lead.on(Event::Waited), Act::Connect);
    lead.on(Event::Connected);
    EXPECT_EQ(lead.holds(0, 1002), Act::Wait);
    EXPECT_EQ(lead.later(seconds(2), 0, 1002), Act::End);
    EXPECT_EQ(lead.last.outcome.kind, Kind::Done);
}

TEST(ZebraMachineTest, CutBeforeAnyByteLeftSendsAgain) {
    Lead lead(2);
    lead.on(Event::Start);
    lead.on(Event::Connected);
    lead.holds(0);
    EXPECT_EQ(lead.on(Event::Kept), Act::Send);
    EXPECT_EQ(lead.lost(0), Act::Connect);
    lead.on(Event::Connected);
    EXPECT_EQ(lead.holds(0), Act::Keep);
    EXPECT_EQ(lead.on(Event::Kept), Act::Send);
    EXPECT_EQ(lead.last.first, 1);
}

TEST(ZebraMachineTest, CutWithoutACounterIsUnknownOnceTheBufferIsEmpty) {
    Lead lead(5);
    lead.begin();
    EXPECT_EQ(lead.lost(1), Act::Connect);
    lead.on(Event::Connected);
    EXPECT_EQ(lead.holds(1), Act::Wait);
    lead.later(milliseconds(50), 0);
    ASSERT_EQ(lead.last.kind, Act::Keep);
    EXPECT_EQ(lead.last.known.sent, 1);
    lead.on(Event::Kept);
    expect_unknown(lead.last, 1, 1);
}

TEST(ZebraMachineTest, CounterTellsAfterACutWhereToGoOn) {
    Lead lead(5);
    lead.begin(1000);
    EXPECT_EQ(lead.lost(2), Act::Connect);
    lead.on(Event::Connected);
    EXPECT_EQ(lead.holds(0, 1001), Act::Wait);  // bytes may still be under way
    EXPECT_EQ(lead.later(seconds(2), 0, 1001), Act::Keep);
    EXPECT_EQ(lead.last.known.printed, 1);
    EXPECT_EQ(lead.last.known.sent, 3);
    EXPECT_EQ(lead.on(Event::Kept), Act::Send);
    EXPECT_EQ(lead.last.first, 2);
}

TEST(ZebraMachineTest, LabelOfTheOldConnectionThatArrivesLateIsWaitedFor) {
    Lead lead(2);
    lead.begin(1000);
    lead.lost(2);
    lead.on(Event::Connected);
    EXPECT_EQ(lead.holds(0, 1001), Act::Wait);
    EXPECT_EQ(lead.later(milliseconds(600), 1, 1001), Act::Wait);
    EXPECT_EQ(lead.later(milliseconds(600), 0, 1002), Act::Wait);
    EXPECT_EQ(lead.later(milliseconds(1100), 0, 1002), Act::End);
    EXPECT_EQ(lead.last.outcome.kind, Kind::Done);
}

TEST(ZebraMachineTest, CounterThatBeganAnewProvesNothing) {
    Lead lead(5);
    lead.begin(1000);
    lead.lost(2);
    lead.on(Event::Connected);
    lead.holds(0, 1);
    expect_unknown(lead.last, 1, 2);
}

TEST(ZebraMachineTest, LabelsOfSomebodyElseProveNothing) {
    Lead lead(5);
    lead.begin(1000);
    lead.lost(2);
    lead.on(Event::Connected);
    lead.holds(0, 1003);
    expect_unknown(lead.last, 1, 2);
}

TEST(ZebraMachineTest, PaperThatRanOutDuringACutProvesNothing) {
    Lead lead(5);
    lead.begin(1000);
    lead.lost(2);
    lead.on(Event::Connected);
    HostStatus status;
    status.paper_out = true;
    status.formats = 1;
    EXPECT_EQ(lead.report(status, 1001), Act::Wait);
    lead.later(seconds(60), 0, 1002);
    expect_unknown(lead.last, 1, 2);
}

TEST(ZebraMachineTest, HalfALabelIsCancelledBeforeAnythingElse) {
    Lead lead(2, on_the_way(0, 2, format_mark({1000, 0, std::string(kPrinter)})));
    lead.on(Event::Start);
    lead.on(Event::Connected);
    HostStatus status;
    status.partial_format = true;
    EXPECT_EQ(lead.report(status, 1001), Act::CancelPartial);
    EXPECT_EQ(lead.holds(0, 1001), Act::Wait);
    EXPECT_EQ(lead.later(seconds(2), 0, 1001), Act::Keep);
    EXPECT_EQ(lead.last.known.printed, 1);
}

TEST(ZebraMachineTest, SomebodyElsesHalfLabelIsGivenTimeFirst) {
    Lead lead(1);
    lead.on(Event::Start);
    lead.on(Event::Connected);
    HostStatus status;
    status.partial_format = true;
    EXPECT_EQ(lead.report(status), Act::Wait);
    lead.pass(seconds(11));
    lead.on(Event::Waited);
    EXPECT_EQ(lead.report(status), Act::CancelPartial);
    lead.pass(seconds(11));
    EXPECT_EQ(lead.report(status), Act::End);
    EXPECT_EQ(lead.last.outcome.kind, Kind::Waiting);
}

TEST(ZebraMachineTest, AfterACrashTheCounterTells) {
    Lead lead(5, on_the_way(2, 4, format_mark({1000, 2, std::string(kPrinter)})));
    lead.on(Event::Start);
    lead.on(Event::Connected);
    EXPECT_EQ(lead.holds(0, 1001), Act::Wait);
    EXPECT_EQ(lead.later(seconds(2), 0, 1001), Act::Keep);
    EXPECT_EQ(lead.last.known.printed, 3);
    EXPECT_EQ(lead.last.known.sent, 5);
}

TEST(ZebraMachineTest, AfterACrashWithoutACounterItIsUnknown) {
    Lead lead(5, on_the_way(2, 4));
    lead.on(Event::Start);
    lead.on(Event::Connected);
    lead.holds(0);
    expect_unknown(lead.last, 3, 4);
    // A person has looked: both are there.
    Lead again(5, on_the_way(4, 4));
    again.on(Event::Start);
    again.on(Event::Connected);
    EXPECT_EQ(again.holds(0), Act::Keep);
    EXPECT_EQ(again.on(Event::Kept), Act::Send);
    EXPECT_EQ(again.last.first, 5);
}

TEST(ZebraMachineTest, AnotherPrintersCounterIsNotBelieved) {
    Lead lead(5, on_the_way(2, 4, format_mark({1000, 2, "192.0.2.8:9100"})));
    lead.on(Event::Start);
    lead.on(Event::Connected);
    lead.holds(0, 1001);
    expect_unknown(lead.last, 3, 4);
}

TEST(ZebraMachineTest, CutThatCannotBeMendedNowWaitsWithItsMark) {
    Lead lead(5);
    lead.begin(1000);
    lead.lost(2);
    lead.pass(seconds(11));
    EXPECT_EQ(lead.on(Event::NotConnected), Act::End);
    EXPECT_EQ(lead.last.outcome.kind, Kind::Waiting);
    Lead blind(5);
    blind.begin();
    blind.lost(2);
    blind.pass(seconds(11));
    blind.on(Event::NotConnected);
    expect_unknown(blind.last, 1, 2);
}

TEST(ZebraMachineTest, UnreachablePrinterWaits) {
    Lead lead(5);
    EXPECT_EQ(lead.on(Event::Start), Act::Connect);
    EXPECT_EQ(lead.on(Event::NotConnected), Act::End);
    EXPECT_EQ(lead.last.outcome.kind, Kind::Waiting);
}

TEST(ZebraMachineTest, LeaseThatWasLostStopsBeforeAnythingLeaves) {
    Lead lead(5);
    lead.on(Event::Start);
    lead.on(Event::Connected);
    EXPECT_EQ(lead.holds(0), Act::Keep);
    EXPECT_EQ(lead.on(Event::KeepRefused), Act::End);
    EXPECT_EQ(lead.last.outcome.kind, Kind::Stopped);
}

TEST(ZebraMachineTest, StopWithNothingOnTheWayIsAtOnce) {
    Lead lead(5);
    lead.on(Event::Start);
    lead.on(Event::Connected);
    EXPECT_EQ(lead.holds(0), Act::Keep);
    lead.stop();
    EXPECT_EQ(lead.on(Event::Kept), Act::Keep);  // nothing is on the way, and so it is kept
    EXPECT_EQ(lead.last.known.sent, 0);
    EXPECT_EQ(lead.on(Event::Kept), Act::End);
    EXPECT_EQ(lead.last.outcome.kind, Kind::Stopped);
}

TEST(ZebraMachineTest, StopLetsWhatIsOnTheWayArrive) {
    Lead lead(5);
    lead.begin();
    lead.stop();
    EXPECT_EQ(lead.holds(2), Act::Wait);
    EXPECT_EQ(lead.later(milliseconds(500), 0), Act::Wait);
    EXPECT_EQ(lead.later(milliseconds(500), 0), Act::Keep);
    EXPECT_EQ(lead.last.known.printed, 2);
    EXPECT_EQ(lead.last.known.sent, 2);
    EXPECT_EQ(lead.on(Event::Kept), Act::End);
    EXPECT_EQ(lead.last.outcome.kind, Kind::Stopped);
    // But not for ever.
    Lead slow(5);
    slow.begin();
    slow.stop();
    EXPECT_EQ(slow.holds(2), Act::Wait);
    slow.pass(seconds(4));
    EXPECT_EQ(slow.on(Event::Stop), Act::End);
    EXPECT_EQ(slow.last.outcome.kind, Kind::Stopped);
    EXPECT_TRUE(slow.last.drop);
}

TEST(ZebraMachineTest, PrinterFullOfOtherLabelsIsWaitedForAndThenLeft) {
    Lead lead(1);
    lead.on(Event::Start);
    lead.on(Event::Connected);
    EXPECT_EQ(lead.holds(7), Act::Wait);
    EXPECT_EQ(lead.later(seconds(599), 7), Act::Wait);
    EXPECT_EQ(lead.later(seconds(2), 7), Act::End);
    EXPECT_EQ(lead.last.outcome.kind, Kind::Waiting);
}

TEST(ZebraMachineTest, ConnectionThatIsLostAgainAndAgainIsGivenUp) {
    Lead lead(1);
    lead.on(Event::Start);
    int losses = 0;
    for (; lead.last.kind != Act::End && losses < 20; ++losses) {
        if (lead.last.kind == Act::Wait) lead.on(Event::Waited);
        EXPECT_EQ(lead.on(Event::Connected), Act::Ask);
        lead.lost(0);
    }
    EXPECT_EQ(losses, 5);
    EXPECT_EQ(lead.last.outcome.kind, Kind::Waiting);
}

TEST(ZebraMachineTest, KnowledgeThatCannotBeIsUnknown) {
    for (const HandOver& known : {on_the_way(0, 9), on_the_way(3, 2), on_the_way(-1, 1)}) {
        Lead lead(5, known);
        lead.on(Event::Start);
        ASSERT_EQ(lead.last.kind, Act::End);
        EXPECT_EQ(lead.last.outcome.kind, Kind::Unknown);
    }
    Lead done(5, on_the_way(5, 5));
    EXPECT_EQ(done.on(Event::Start), Act::End);
    EXPECT_EQ(done.last.outcome.kind, Kind::Done);
}

TEST(ZebraMachineTest, MarksAreReadAsTheyWereWritten) {
    const auto mark = parse_mark(format_mark({123456789012, 42, "printer.example.com:9100"}));
    ASSERT_TRUE(mark);
    EXPECT_EQ(mark->count, 123456789012);
    EXPECT_EQ(mark->printed, 42);
    EXPECT_EQ(mark->printer, "printer.example.com:9100");
    for (const char* bad : {"", "zebra", "zebra x 1 a", "zebra 1 -2 a", "folder 1:2", "zebra 1 2"})
        EXPECT_FALSE(parse_mark(bad)) << bad;
}

}  // namespace
}  // namespace verso::printer

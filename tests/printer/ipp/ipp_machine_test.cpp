// SPDX-License-Identifier: Apache-2.0
// Each path of a hand-over by its name. `Talk` plays a printer in memory; a test lets it go up to
// a step and then has something else happen there.
#include "printer/ipp/ipp_machine.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "sim_printer.h"

namespace verso::printer::tests {
namespace {

using ::testing::ElementsAre;
using ::testing::HasSubstr;
using Kind = IppAction::Kind;
using End = Outcome::Kind;
using Step = HandOver::Step;

class IppMachineTest : public ::testing::Test {
  protected:
    SimPrinter printer;
    Talk talk{printer};
    const std::string name = talk.document.name;

    Outcome crash_and_finish() {
        talk.memory = {};
        talk.begin();
        return talk.finish();
    }
    void expect_end(const Outcome& outcome, End kind, int copies, const std::string& words = "") {
        EXPECT_EQ(outcome.kind, kind) << outcome.reason.text();
        EXPECT_EQ(printer.on_paper[name], copies);
        EXPECT_THAT(outcome.reason.text(), HasSubstr(words));
        const bool is_silent = kind == End::Done || kind == End::Stopped;
        EXPECT_EQ(outcome.reason.cure.empty(), is_silent) << outcome.reason.text();
        EXPECT_EQ(outcome.reason.message.empty(), is_silent);
    }
    void until(Kind kind) {
        talk.begin();
        talk.until(kind);
    }
};

TEST_F(IppMachineTest, PrintsAndKeepsBeforeEachStepThatCannotBeTakenBack) {
    talk.begin();
    expect_end(talk.finish(), End::Done, 1);
    ASSERT_EQ(talk.all_kept.size(), 3U);
    EXPECT_EQ(talk.all_kept[0].step, Step::Sending);
    EXPECT_EQ(talk.all_kept[0].device_job, "");
    EXPECT_EQ(talk.all_kept[0].since, 100000);
    EXPECT_EQ(talk.all_kept[1].step, Step::Sending);
    EXPECT_EQ(talk.all_kept[1].device_job, "1");
    EXPECT_EQ(talk.all_kept[2].step, Step::Printing);
    EXPECT_EQ(talk.all_kept[2].device_job, "1");
    EXPECT_THAT(printer.asked,
                ElementsAre(Kind::AskPrinter, Kind::ListActive, Kind::ListFinished, Kind::CreateJob,
                            Kind::SendDocument, Kind::AskJob, Kind::AskJob, Kind::AskJob));
}

TEST_F(IppMachineTest, ListsJobsOnceForManyDocuments) {
    for (const std::string one : {"a", "b", "c"}) {
        talk.document.name = one;
        talk.kept = {};
        talk.begin();
        EXPECT_EQ(talk.finish().kind, End::Done);
        EXPECT_EQ(printer.on_paper[one], 1);
    }
    EXPECT_EQ(printer.count(Kind::ListFinished), 1);
    EXPECT_EQ(talk.kept.mark, "newest=2");
}

TEST_F(IppMachineTest, LooksSoonAndThenLessOften) {
    printer.ticks_to_print = 12;
    talk.begin();
    talk.until(Kind::Wait);
    EXPECT_EQ(talk.standing().wait.count(), 5);
    expect_end(talk.finish(), End::Done, 1);
    EXPECT_LE(talk.waited.count(), 12 * talk.options.poll.count());
}

// Before anything is sent.

TEST_F(IppMachineTest, WrongPaperIsRefusedBeforeAnythingIsSent) {
    talk.document.paper.width = 105;
    talk.document.paper.height = 148;
    talk.begin();
    expect_end(talk.finish(), End::Failed, 0, "needed is 105 x 148 mm");
    EXPECT_THAT(printer.asked, ElementsAre(Kind::AskPrinter));
    EXPECT_TRUE(talk.all_kept.empty());
}

TEST_F(IppMachineTest, StoppedPrinterWaits) {
    printer.self.state = IppPrinterState::Stopped;
    printer.self.reasons = {"media-empty-error", "cover-open"};
    talk.begin();
    expect_end(talk.finish(), End::Waiting, 0, "paper out, a cover is open");
    EXPECT_TRUE(talk.all_kept.empty());
    ASSERT_EQ(talk.told.size(), 1U);
    EXPECT_FALSE(talk.told[0].is_ready);
}

TEST_F(IppMachineTest, PrinterThatAcceptsNothingWaits) {
    printer.self.is_accepting = false;
    talk.begin();
    expect_end(talk.finish(), End::Waiting, 0, "accepts no jobs");
}

TEST_F(IppMachineTest, PrinterWithoutCreateJobWaits) {
    printer.self.operations = {0x0002, 0x0004};
    talk.begin();
    expect_end(talk.finish(), End::Waiting, 0, "cups:QUEUE");
}

TEST_F(IppMachineTest, UnreachablePrinterWaitsAtOnce) {
    talk.begin();
    talk.unreachable();
    expect_end(talk.finish(), End::Waiting, 0, "look at the cable");
    EXPECT_EQ(talk.waited.count(), 0);
}

TEST_F(IppMachineTest, PrinterThatLosesEveryQuestionWaits) {
    talk.begin();
    for (int losses = 0; talk.standing().kind != Kind::End; ++losses) {
        ASSERT_LT(losses, 10);
        talk.until(Kind::AskPrinter);
        talk.lose();
    }
    expect_end(talk.finish(), End::Waiting, 0, "the connection broke");
}

TEST_F(IppMachineTest, AnIdleConnectionThatWasClosedIsOpenedAgain) {
    until(Kind::AskPrinter);
    talk.lose();
    EXPECT_EQ(talk.standing().kind, Kind::Connect);
    expect_end(talk.finish(), End::Done, 1);
}

TEST_F(IppMachineTest, FileThatCannotBeReadIsRefused) {
    talk.bytes = -1;
    talk.begin();
    expect_end(talk.finish(), End::Failed, 0, "cannot be read");
    EXPECT_EQ(printer.count(Kind::CreateJob), 0);
}

// Create-Job.

TEST_F(IppMachineTest, JobRefusedForGoodFails) {
    for (const int status :
         {0x0400, 0x0401, 0x0403, 0x0404, 0x0406, 0x040A, 0x040B, 0x040E, 0x0501}) {
        talk.kept = {};
        until(Kind::CreateJob);
        talk.refuse(status);
        expect_end(talk.finish(), End::Failed, 0, "did not take the job");
    }
}

TEST_F(IppMachineTest, BusyPrinterIsAskedAgain) {
    until(Kind::CreateJob);
    talk.refuse(0x0507);
    EXPECT_EQ(talk.standing().kind, Kind::Wait);
    expect_end(talk.finish(), End::Done, 1);
}

TEST_F(IppMachineTest, PrinterThatStaysBusyWaits) {
    for (const int status : {0x0502, 0x0504, 0x0505, 0x0506, 0x0507, 0x050B}) {
        talk.kept = {};
        talk.waited = {};
        until(Kind::CreateJob);
        while (talk.standing().kind != Kind::End) {
            talk.until(Kind::CreateJob);
            talk.refuse(status);
            if (talk.standing().kind == Kind::Wait) talk.step();
        }
        expect_end(talk.finish(), End::Waiting, 0, "did not take the job");
        EXPECT_GE(talk.waited, talk.options.answer_timeout - std::chrono::seconds(1));
    }
}

TEST_F(IppMachineTest, BrokenServerWaits) {
    until(Kind::CreateJob);
    talk.refuse(0x0500);
    expect_end(talk.finish(), End::Waiting, 0, "0x0500");
}

TEST_F(IppMachineTest, JobWithoutNumberFails) {
    until(Kind::CreateJob);
    talk.answer({});
    expect_end(talk.finish(), End::Failed, 0, "no number");
}

TEST_F(IppMachineTest, OtherPaperThanAskedForIsCancelledBeforeTheDocument) {
    until(Kind::CreateJob);
    auto answer = printer.answer(talk.standing(), name, 0);
    answer.status = 1;
    answer.has_substitute = true;
    talk.answer(answer);
    expect_end(talk.finish(), End::Failed, 0, "other paper");
    EXPECT_EQ(printer.count(Kind::SendDocument), 0);
    EXPECT_EQ(printer.jobs.at(0).state, IppJobState::Canceled);
}

TEST_F(IppMachineTest, CreateJobLostBeforeItArrived) {
    until(Kind::CreateJob);
    talk.lose();
    expect_end(talk.finish(), End::Done, 1);
    EXPECT_EQ(printer.jobs.size(), 1U);
}

TEST_F(IppMachineTest, CreateJobLostAfterItArrivedIsClearedAway) {
    until(Kind::CreateJob);
    printer.answer(talk.standing(), name, 0);
    talk.lose();
    expect_end(talk.finish(), End::Done, 1);
    ASSERT_EQ(printer.jobs.size(), 2U);
    EXPECT_EQ(printer.jobs[0].state, IppJobState::Canceled);
}

TEST_F(IppMachineTest, CreateJobThatIsAlwaysLostWaits) {
    talk.begin();
    for (int losses = 0; talk.standing().kind != Kind::End; ++losses) {
        ASSERT_LT(losses, 10);
        talk.until(Kind::CreateJob);
        talk.lose();
    }
    expect_end(talk.finish(), End::Waiting, 0);
}

TEST_F(IppMachineTest, CrashAfterCreateJobBeforeItsNumberWasKept) {
    for (const bool lists : {true, false}) {
        printer.lists = lists;
        printer.on_paper.clear();
        talk.kept = {};
        talk.memory = {};
        until(Kind::CreateJob);
        talk.step();  // the printer has made it; the number is not kept
        ASSERT_EQ(talk.kept.device_job, "");
        expect_end(crash_and_finish(), End::Done, 1);
    }
}

TEST_F(IppMachineTest, CrashesThatLeaveManyEmptyJobs) {
    for (int crash = 0; crash < 4; ++crash) {
        talk.memory = {};
        until(Kind::CreateJob);
        talk.step();
    }
    expect_end(crash_and_finish(), End::Done, 1);
    EXPECT_EQ(printer.jobs.size(), 5U);
    for (int job = 0; job < 4; ++job) EXPECT_EQ(printer.jobs[job].state, IppJobState::Canceled);
}

TEST_F(IppMachineTest, JobsOfTheNameFromBeforeAreNotTakenForThisOne) {
    printer.add(name, IppJobState::Aborted);
    printer.arrive(printer.add(name, IppJobState::Held).id, name);
    while (printer.jobs[1].state != IppJobState::Completed) printer.tick();
    printer.on_paper.clear();  // a person said: not printed, again
    until(Kind::CreateJob);
    EXPECT_EQ(talk.kept.mark, "newest=2");
    expect_end(crash_and_finish(), End::Done, 1);
}

TEST_F(IppMachineTest, JobFoundByNameThatHoldsADocumentIsFollowedAndNotSentAgain) {
    until(Kind::CreateJob);
    talk.step();
    printer.arrive(1, name);
    expect_end(crash_and_finish(), End::Done, 1);
    EXPECT_EQ(printer.count(Kind::CreateJob), 1);
    EXPECT_EQ(talk.kept.device_job, "1");
}

// Send-Document.

TEST_F(IppMachineTest, CrashAfterTheNumberWasKeptBeforeTheDocumentLeft) {
    until(Kind::SendDocument);
    ASSERT_EQ(talk.kept.device_job, "1");
    expect_end(crash_and_finish(), End::Done, 1);
    EXPECT_EQ(printer.jobs.at(0).state, IppJobState::Canceled);
    EXPECT_GE(talk.waited.count(), 1000) << "the last bytes may still be under way";
}

TEST_F(IppMachineTest, CancelThatIsLostIsAskedForAgain) {
    until(Kind::SendDocument);
    talk.lose(Arrived::No);
    talk.until(Kind::CancelJob);
    talk.lose();
    expect_end(talk.finish(), End::Done, 1);
    EXPECT_EQ(printer.jobs.at(0).state, IppJobState::Canceled);
}

TEST_F(IppMachineTest, DocumentThatArrivesLateIsNotSentAgain) {
    until(Kind::SendDocument);
    talk.memory = {};
    talk.begin();
    talk.until(Kind::AskJob);
    talk.step();
    printer.arrive(1, name);  // out of the network's buffers
    expect_end(talk.finish(), End::Done, 1);
    EXPECT_EQ(printer.count(Kind::CreateJob), 1);
}

TEST_F(IppMachineTest, ConnectionThatBreaksBeforeTheDocument) {
    until(Kind::SendDocument);
    talk.lose(Arrived::No);
    expect_end(talk.finish(), End::Done, 1);
    EXPECT_EQ(printer.jobs.at(0).state, IppJobState::Canceled);
}

TEST_F(IppMachineTest, ConnectionThatBreaksInTheDocumentAndThePrinterBreaksOff) {
    until(Kind::SendDocument);
    printer.break_off(1);
    talk.lose(Arrived::Partly);
    expect_end(talk.finish(), End::Done, 1);
    EXPECT_EQ(printer.jobs.size(), 2U);
}

TEST_F(IppMachineTest, ConnectionThatBreaksInTheDocumentAndThePrinterPrintsThePart) {
    until(Kind::SendDocument);
    printer.arrive(1, name);
    talk.lose(Arrived::Partly);
    expect_end(talk.finish(), End::Unknown, 1, "completed, but the connection broke");
}

TEST_F(IppMachineTest, ConnectionThatBreaksAfterTheDocumentBeforeTheAnswer) {
    until(Kind::SendDocument);
    printer.arrive(1, name);
    talk.lose(Arrived::Maybe);
    expect_end(talk.finish(), End::Done, 1);
    EXPECT_EQ(printer.count(Kind::CreateJob), 1);
}

TEST_F(IppMachineTest, CrashInTheDocumentIsToldByTheBytesThatArrived) {
    until(Kind::SendDocument);
    printer.arrive(1, name);
    printer.jobs[0].kilobytes = 4;  // of 5
    expect_end(crash_and_finish(), End::Unknown, 1);
    EXPECT_EQ(printer.count(Kind::CreateJob), 1);
}

TEST_F(IppMachineTest, CrashInLabelsOfWhichNothingIsTold) {
    printer.tells_kilobytes = printer.tells_documents = printer.counts = false;
    printer.self.capabilities.formats.clear();
    talk.document.paper.format = DocumentFormat::Zpl;
    until(Kind::SendDocument);
    printer.arrive(1, name);
    expect_end(crash_and_finish(), End::Unknown, 1);
}

TEST_F(IppMachineTest, PrinterThatStartsAnewInTheDocumentAndForgets) {
    printer.keeps_jobs = false;
    until(Kind::SendDocument);
    printer.restart(100003);
    talk.lose(Arrived::Partly);
    expect_end(talk.finish(), End::Unknown, 0, "does not know job 1");
    EXPECT_EQ(printer.count(Kind::CreateJob), 1);
}

TEST_F(IppMachineTest, PrinterThatStartsAnewBeforeTheDocumentLeft) {
    printer.keeps_jobs = false;
    until(Kind::SendDocument);
    printer.restart(100003);
    talk.lose(Arrived::No);
    expect_end(talk.finish(), End::Done, 1);
}

TEST_F(IppMachineTest, DocumentRefusedForItsFormatFails) {
    until(Kind::SendDocument);
    talk.refuse(0x040A);
    expect_end(talk.finish(), End::Failed, 0, "does not take this format");
    EXPECT_EQ(printer.jobs.at(0).state, IppJobState::Canceled);
}

TEST_F(IppMachineTest, DocumentRefusedWhileThePrinterIsBusyWaits) {
    until(Kind::SendDocument);
    talk.refuse(0x0507);
    expect_end(talk.finish(), End::Waiting, 0);
    expect_end(crash_and_finish(), End::Done, 1);
}

TEST_F(IppMachineTest, DocumentRefusedAndPrintedAllTheSameIsUnknown) {
    until(Kind::SendDocument);
    printer.arrive(1, name);
    for (int look = 0; look < 3; ++look) printer.tick();
    talk.refuse(0x0411);
    expect_end(talk.finish(), End::Unknown, 1);
}

TEST_F(IppMachineTest, JobClosedByThePrinterBeforeTheDocumentCameIsMadeAgain) {
    until(Kind::SendDocument);
    printer.jobs[0].state = IppJobState::Completed;  // multiple-operation-time-out: process-job
    talk.lose(Arrived::No);
    expect_end(talk.finish(), End::Done, 1);
    EXPECT_EQ(printer.count(Kind::SendDocument), 1);
}

TEST_F(IppMachineTest, ThreeBrokenDocumentsThenItWaits) {
    talk.begin();
    for (int losses = 0; talk.standing().kind != Kind::End; ++losses) {
        ASSERT_LT(losses, 10);
        talk.until(Kind::SendDocument);
        printer.break_off(talk.standing().job);
        talk.lose(Arrived::Partly);
        while (talk.standing().kind != Kind::End && talk.standing().kind != Kind::SendDocument)
            talk.step();
    }
    expect_end(talk.finish(), End::Waiting, 0, "the connection broke");
    EXPECT_EQ(printer.count(Kind::CreateJob), 3);
}

// While it prints.

TEST_F(IppMachineTest, CrashWhilePrinting) {
    until(Kind::AskJob);
    ASSERT_EQ(talk.kept.step, Step::Printing);
    expect_end(crash_and_finish(), End::Done, 1);
    EXPECT_EQ(printer.count(Kind::CreateJob), 1);
}

TEST_F(IppMachineTest, ZeroImpressionsOfACompletedJobAreDone) {
    printer.counts = false;
    talk.begin();
    expect_end(talk.finish(), End::Done, 1);
    EXPECT_EQ(talk.memory.counting, Counting::SaysZero);
}

TEST_F(IppMachineTest, AbortedWithImpressionsIsUnknown) {
    until(Kind::AskJob);
    printer.tick();
    printer.jobs[0].impressions = 1;
    printer.break_off(1);
    expect_end(talk.finish(), End::Unknown, 0, "some of it may be on paper");
}

TEST_F(IppMachineTest, AbortedWithoutImpressionsFails) {
    until(Kind::AskJob);
    printer.tick();
    printer.break_off(1);
    expect_end(talk.finish(), End::Failed, 0, "aborted-by-system");
    EXPECT_EQ(printer.count(Kind::CreateJob), 1);
}

TEST_F(IppMachineTest, AbortedWithoutImpressionsByOneThatNeverCountsIsUnknown) {
    printer.counts = false;
    talk.begin();
    talk.finish();
    talk.document.name = "another";
    talk.kept = {};
    until(Kind::AskJob);
    printer.tick();
    printer.break_off(2);
    EXPECT_EQ(talk.finish().kind, End::Unknown);
}

TEST_F(IppMachineTest, AbortedWithoutAWordIsUnknown) {
    printer.tells_stamps = false;
    until(Kind::AskJob);
    printer.tick();
    printer.jobs[0].impressions.reset();
    printer.break_off(1);
    expect_end(talk.finish(), End::Unknown, 0);
}

TEST_F(IppMachineTest, CancelledAtThePrinterBeforeItBeganFails) {
    printer.self.reasons = {"none"};
    until(Kind::AskJob);
    printer.jobs[0].state = IppJobState::Canceled;
    printer.jobs[0].reasons = {"job-canceled-at-device"};
    expect_end(talk.finish(), End::Failed, 0, "nothing of it was printed");
}

TEST_F(IppMachineTest, StampsThatLieAreNotTrusted) {
    IppJob job;
    job.state = IppJobState::Completed;
    job.id = printer.add("older", IppJobState::Completed).id;
    printer.jobs[0].documents = 1;  // completed and "never processed"
    until(Kind::AskJob);
    printer.jobs[1].state = IppJobState::Aborted;
    printer.jobs[1].impressions.reset();
    EXPECT_EQ(talk.finish().kind, End::Unknown);
}

TEST_F(IppMachineTest, PaperOutIsToldAndWaitedFor) {
    talk.options.print_timeout = std::chrono::seconds(60);
    until(Kind::AskJob);
    printer.tick();
    printer.jobs[0].state = IppJobState::Processing;
    printer.self.state = IppPrinterState::Stopped;
    printer.self.reasons = {"media-empty"};
    while (talk.waited < std::chrono::seconds(300)) talk.step();
    ASSERT_FALSE(talk.told.empty());
    EXPECT_EQ(talk.told.back().trouble, "paper out");
    EXPECT_EQ(talk.told.size(), 1U);
    printer.self.state = IppPrinterState::Idle;
    printer.self.reasons = {"none"};
    expect_end(talk.finish(), End::Done, 1);
}

TEST_F(IppMachineTest, HeldJobIsToldAndWaitedFor) {
    until(Kind::AskJob);
    printer.jobs[0].state = IppJobState::Held;
    while (talk.waited < std::chrono::seconds(1200)) talk.step();
    EXPECT_THAT(talk.told.back().trouble, HasSubstr("holds the job"));
    printer.jobs[0].state = IppJobState::Pending;
    expect_end(talk.finish(), End::Done, 1);
}

TEST_F(IppMachineTest, NoProgressAndNoReasonIsUnknown) {
    printer.ticks_to_print = 1000000;
    talk.begin();
    expect_end(talk.finish(), End::Unknown, 0, "no further for 600 s");
}

TEST_F(IppMachineTest, CableThatIsPulledForAWhile) {
    until(Kind::AskJob);
    talk.lose();
    for (int look = 0; look < 20; ++look) {
        talk.until(Kind::Connect);
        talk.unreachable();
    }
    EXPECT_EQ(talk.told.size(), 1U) << "told once";
    expect_end(talk.finish(), End::Done, 1);
}

TEST_F(IppMachineTest, CableThatStaysPulledIsUnknown) {
    until(Kind::AskJob);
    talk.lose();
    while (talk.standing().kind != Kind::End) {
        talk.until(Kind::Connect);
        talk.unreachable();
        if (talk.standing().kind == Kind::Wait) talk.step();
    }
    expect_end(talk.finish(), End::Unknown, 0, "has not been reached for 600 s");
}

TEST_F(IppMachineTest, PrinterThatAcceptsConnectionsAndNeverAnswersIsUnknown) {
    until(Kind::AskJob);
    for (int looks = 0; talk.standing().kind != Kind::End; ++looks) {
        ASSERT_LT(looks, 1000);
        if (talk.standing().kind == Kind::Wait || talk.standing().kind == Kind::Connect)
            talk.step();
        else
            talk.lose();
    }
    expect_end(talk.finish(), End::Unknown, 0, "has not answered for 600 s");
}

TEST_F(IppMachineTest, PrinterThatForgetsWhatItPrintedIsUnknown) {
    printer.forgets = true;
    talk.begin();
    expect_end(talk.finish(), End::Unknown, 1, "does not know job 1 any more");
}

TEST_F(IppMachineTest, PrinterThatForgetsAfterItsLastPageWasSeenIsDone) {
    until(Kind::AskJob);
    printer.tick();
    printer.jobs[0].impressions = 2;
    talk.step();
    printer.forgets = true;
    expect_end(talk.finish(), End::Done, 1);
}

TEST_F(IppMachineTest, PrinterThatStartsAnewWhilePrintingAndForgets) {
    printer.keeps_jobs = false;
    until(Kind::AskJob);
    talk.now.clock += std::chrono::seconds(60);
    talk.now.seconds += 60;
    printer.restart(100059);
    talk.lose();
    expect_end(talk.finish(), End::Unknown, 0, "switched off and on");
}

TEST_F(IppMachineTest, NumberThatAnotherJobHasNowIsNotOurs) {
    printer.keeps_jobs = false;
    until(Kind::AskJob);
    printer.restart(100003);
    printer.add("somebody's", IppJobState::Completed);
    talk.lose();
    expect_end(talk.finish(), End::Unknown, 0, "does not know job 1");
}

TEST_F(IppMachineTest, NumberOnAnotherConnectionIsHeldAgainstItsName) {
    printer.keeps_jobs = false;
    until(Kind::AskJob);
    printer.restart(100003);  // between two looks, and nobody noticed
    printer.add("somebody's", IppJobState::Completed);
    IppEvent event;
    event.kind = IppEvent::Kind::Answer;
    event.now = talk.now;
    event.is_new_connection = true;
    event.answer = printer.answer(talk.standing(), name, 100004);
    EXPECT_EQ(talk.machine().resume(event).kind, Kind::AskPrinter) << "where has it gone?";
}

TEST_F(IppMachineTest, DocumentForAJobThatIsGoneIsSentToANewOne) {
    printer.keeps_jobs = false;
    until(Kind::SendDocument);
    printer.restart(100003);
    expect_end(talk.finish(), End::Done, 1);
    EXPECT_EQ(printer.count(Kind::SendDocument), 2);
}

TEST_F(IppMachineTest, NumberWithoutNameAfterARestartIsNotOurs) {
    printer.tells_names = false;
    until(Kind::AskJob);
    printer.jobs[0].state = IppJobState::Completed;
    printer.restart(100100);
    talk.now.seconds = 100130;
    talk.lose();
    talk.until(Kind::AskJob);
    talk.answer(printer.answer(talk.standing(), name, 100130));
    EXPECT_EQ(talk.finish().kind, End::Unknown);
}

TEST_F(IppMachineTest, NonsenseAboutAJobIsUnknown) {
    until(Kind::AskJob);
    for (int answers = 0; talk.standing().kind != Kind::End; ++answers) {
        ASSERT_LT(answers, 100);
        talk.until(Kind::AskJob);
        IppAnswer nonsense;
        nonsense.job.id = answers % 2 == 0 ? 1 : 77;
        nonsense.job.state =
            answers % 2 == 0 ? static_cast<IppJobState>(42) : IppJobState::Completed;
        talk.answer(nonsense);
        if (talk.standing().kind == Kind::Wait) talk.step();
    }
    expect_end(talk.finish(), End::Unknown, 0, "no meaning");
}

TEST_F(IppMachineTest, PrintingWithoutANumberIsUnknown) {
    talk.kept.step = Step::Printing;
    talk.begin();
    expect_end(talk.finish(), End::Unknown, 0);
}

// Stopping, and what cannot be kept.

TEST_F(IppMachineTest, StopsWhereItHarmsNothing) {
    talk.begin();
    std::vector<Kind> safe, unsafe;
    while (talk.standing().kind != Kind::End) {
        (talk.machine().can_stop() ? safe : unsafe).push_back(talk.standing().kind);
        talk.step();
    }
    // keeps the number, sends, keeps that it was sent: nothing in between may be left out
    EXPECT_THAT(unsafe, ElementsAre(Kind::Keep, Kind::SendDocument, Kind::Keep));
}

TEST_F(IppMachineTest, SendsNothingMoreWhenItCannotKeep) {
    for (int which = 0; which < 3; ++which) {
        SimPrinter fresh;
        Talk other(fresh);
        other.begin();
        for (int kept = 0; kept <= which; ++kept) {
            other.until(Kind::Keep);
            if (kept < which) other.step();
        }
        const auto asked = fresh.asked.size();
        other.keep_failed();
        EXPECT_EQ(other.finish().kind, End::Stopped);
        EXPECT_EQ(fresh.asked.size(), asked);
    }
}

}  // namespace
}  // namespace verso::printer::tests

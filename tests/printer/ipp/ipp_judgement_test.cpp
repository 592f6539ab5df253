// SPDX-License-Identifier: Apache-2.0
#include "printer/ipp/ipp_judgement.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace verso::printer {
namespace {

using ::testing::HasSubstr;
using enum IppJobState;

IppJob job(IppJobState state, std::optional<int> impressions = {},
           std::optional<int> documents = {}, std::optional<bool> was_processed = {}) {
    IppJob job;
    job.state = state;
    job.impressions = impressions;
    job.documents = documents;
    job.was_processed = was_processed;
    return job;
}

Sent sent(Arrived arrived, Counting counting = Counting::NotSeen) {
    Sent sent;
    sent.arrived = arrived;
    sent.pages = 2;
    sent.bytes = 2049;
    sent.counting = counting;
    return sent;
}

struct Row {
    const char* what;
    IppJob job;
    Sent sent;
    Finding expected;
};

// The tables of docs/printing-ipp.md, row by row.
TEST(IppJudgement, OfAJob) {
    auto kilobytes = [](int told) {
        auto one = job(Completed, 0);
        one.kilobytes = told;
        return one;
    };
    auto labels = sent(Arrived::Maybe);
    labels.format = DocumentFormat::Zpl;
    auto lying = sent(Arrived::Yes);
    lying.stamps_lie = true;
    auto incoming = job(Held);
    incoming.reasons = {"job-incoming"};
    auto insufficient = job(Processing);
    insufficient.reasons = {"job-data-insufficient"};
    const std::vector<Row> table{
        {"has it, waits", job(Pending), sent(Arrived::Yes), Finding::Follow},
        {"has it, held", job(Held), sent(Arrived::Yes), Finding::Follow},
        {"has it, prints", job(Processing), sent(Arrived::Yes), Finding::Follow},
        {"has it, stopped", job(Stopped), sent(Arrived::Yes), Finding::Follow},
        {"never left", job(Held), sent(Arrived::No), Finding::Absent},
        {"may have left, it says not", job(Held, 0, 0), sent(Arrived::Maybe), Finding::Absent},
        {"may have left, it says incoming", incoming, sent(Arrived::Partly), Finding::Absent},
        {"may have left, it prints", insufficient, sent(Arrived::Maybe), Finding::Follow},
        {"may have left, it has it", job(Pending, 0, 1), sent(Arrived::Maybe), Finding::Follow},
        {"may have left, not told", job(Pending), sent(Arrived::Maybe), Finding::Follow},
        {"done", job(Completed, 2), sent(Arrived::Yes), Finding::Done},
        {"done, counts nothing", job(Completed, 0), sent(Arrived::Yes), Finding::Done},
        {"closed empty", job(Completed), sent(Arrived::No), Finding::Nothing},
        {"closed empty, it says", job(Completed, 0, 0), sent(Arrived::Maybe), Finding::Nothing},
        {"closed empty, and printed?", job(Completed, 1), sent(Arrived::No), Finding::Unknown},
        {"a part, done", job(Completed, 2), sent(Arrived::Partly), Finding::Unknown},
        {"all bytes", kilobytes(3), sent(Arrived::Maybe), Finding::Done},
        {"fewer bytes", kilobytes(2), sent(Arrived::Maybe), Finding::Unknown},
        {"all pages", job(Completed, 2), sent(Arrived::Maybe), Finding::Done},
        {"fewer pages", job(Completed, 1), sent(Arrived::Maybe), Finding::Unknown},
        {"nothing told, PDF", job(Completed), sent(Arrived::Maybe), Finding::Done},
        {"nothing told, labels", job(Completed), labels, Finding::Unknown},
        {"aborted, pages", job(Aborted, 1), sent(Arrived::Yes), Finding::Unknown},
        {"aborted, pages, never left?", job(Aborted, 1), sent(Arrived::No), Finding::Unknown},
        {"aborted, never left", job(Aborted), sent(Arrived::No), Finding::Nothing},
        {"aborted, never begun", job(Canceled, 0, 1, false), sent(Arrived::Yes), Finding::Nothing},
        {"aborted, never begun, lies", job(Canceled, {}, 1, false), lying, Finding::Unknown},
        {"aborted, it got none", job(Aborted, {}, 0, true), sent(Arrived::Maybe), Finding::Nothing},
        {"aborted, counts", job(Aborted, 0, 1, true), sent(Arrived::Yes, Counting::Counts),
         Finding::Nothing},
        {"aborted, may count", job(Aborted, 0, 1, true), sent(Arrived::Yes), Finding::Claimed},
        {"aborted, does not count", job(Aborted, 0, 1, true),
         sent(Arrived::Yes, Counting::SaysZero), Finding::Unknown},
        {"aborted, not told", job(Aborted), sent(Arrived::Maybe), Finding::Unknown},
        {"nonsense", job(Nonsense), sent(Arrived::Yes), Finding::Nonsense},
        {"more nonsense", job(static_cast<IppJobState>(42)), sent(Arrived::Yes), Finding::Nonsense},
    };
    for (const auto& row : table) EXPECT_EQ(judge(row.job, row.sent), row.expected) << row.what;
}

TEST(IppJudgement, OfRefusals) {
    for (const int taken : {0x0000, 0x0001, 0x0002}) EXPECT_EQ(refusal_of(taken), Refusal::None);
    for (const int busy : {0x0405, 0x0502, 0x0504, 0x0505, 0x0506, 0x0507, 0x050B})
        EXPECT_EQ(refusal_of(busy), Refusal::Busy) << busy;
    for (const int final : {0x0400, 0x0403, 0x040A, 0x040B, 0x0501, 0x0503})
        EXPECT_EQ(refusal_of(final), Refusal::Final) << final;
    for (const int gone : {0x0406, 0x0407}) EXPECT_EQ(refusal_of(gone), Refusal::NotFound);
    for (const int broken : {0x0500, 0x0508, 0x0300, 0x7FFF, -1, 0x05FF})
        EXPECT_EQ(refusal_of(broken), Refusal::Broken) << broken;
}

TEST(IppJudgement, TellsAPersonWhyAndWhatToDo) {
    IppAnswer answer;
    answer.status = 0x0403;
    answer.message = "Not you.";
    const auto error = refusal_error(answer, "the job");
    EXPECT_EQ(error.code, ErrorCode::PrinterFailed);
    EXPECT_THAT(error.text(), HasSubstr("may not print there: \"Not you.\" (IPP 0x0403)"));
    for (int status = 0x0400; status < 0x0510; ++status) {
        answer.status = status;
        EXPECT_FALSE(refusal_error(answer, "the job").cure.empty());
    }
}

TEST(IppJudgement, OfThePrintersState) {
    IppPrinter printer;
    printer.state = IppPrinterState::Idle;
    printer.reasons = {"none"};
    auto state = device_state(printer);
    EXPECT_TRUE(state.is_ready);
    EXPECT_EQ(state.trouble, "");
    EXPECT_TRUE(state.reasons.empty());
    printer.state = IppPrinterState::Stopped;
    printer.reasons = {"media-empty-error", "cover-open-report", "hopper-of-doom-warning"};
    printer.waiting = 3;
    state = device_state(printer);
    EXPECT_FALSE(state.is_ready);
    EXPECT_EQ(state.trouble, "paper out, hopper of doom");
    EXPECT_THAT(state.reasons,
                ::testing::ElementsAre("media-empty", "cover-open", "hopper-of-doom"));
    EXPECT_EQ(state.waiting, 3);
    printer.reasons.clear();
    EXPECT_EQ(device_state(printer).trouble, "it has stopped");
    printer.state = IppPrinterState::Nonsense;
    EXPECT_FALSE(device_state(printer).is_ready);
}

TEST(IppJudgement, OfWhatAPersonMustPutRight) {
    const auto held_up = [](const std::vector<std::string>& reasons,
                            IppPrinterState state = IppPrinterState::Processing) {
        IppPrinter printer;
        printer.state = state;
        printer.reasons = reasons;
        return is_held_up(printer);
    };
    EXPECT_TRUE(held_up({}, IppPrinterState::Stopped));
    EXPECT_TRUE(held_up({"none", "media-empty"}));
    EXPECT_TRUE(held_up({"cover-open-error"}));
    EXPECT_FALSE(held_up({"none"}));
    EXPECT_FALSE(held_up({"toner-low", "media-low-error", "media-empty-warning"}));
    EXPECT_FALSE(held_up({"output-area-almost-full", "cups-waiting-for-job-completed"}));
}

TEST(IppJudgement, OfRestarts) {
    EXPECT_TRUE(has_restarted(10, 1000, 1100));
    EXPECT_FALSE(has_restarted(100, 1000, 1100));
    EXPECT_FALSE(has_restarted(97, 1000, 1100)) << "clocks of whole seconds";
    EXPECT_FALSE(has_restarted(std::nullopt, 1000, 1100));
    EXPECT_FALSE(has_restarted(1795400287, 1000, 1100)) << "CUPS tells the time of day";
    EXPECT_FALSE(has_restarted(-1, 1000, 1100));
}

}  // namespace
}  // namespace verso::printer

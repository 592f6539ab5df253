// SPDX-License-Identifier: Apache-2.0
#include "printer/ipp/ipp_machine.h"

#include <fmt/format.h>

#include <algorithm>
#include <charconv>

namespace verso::printer {

using namespace std::chrono_literals;
using std::chrono::milliseconds;

namespace {

constexpr milliseconds kFirstPause{5};
constexpr milliseconds kLongestPause{2000};
constexpr int kTries = 3;   ///< of one document in one hand-over
constexpr int kLosses = 3;  ///< in sequence, while nothing is at stake
constexpr std::string_view kMark = "newest=";
int newest_of(const std::string& mark) {
    int newest = 0;
    if (mark.starts_with(kMark))
        std::from_chars(mark.data() + kMark.size(), mark.data() + mark.size(), newest);
    return newest;
}

std::string mark_of(int newest) { return fmt::format("{}{}", kMark, newest); }

/// Contradicts that a job without a kept number has no document: then it is taken for ours.
bool holds_something(const IppJob& job) {
    return job.documents.value_or(0) > 0 || job.kilobytes.value_or(0) > 0 ||
           job.impressions.value_or(0) > 0;
}

bool has_ended(const IppJob& job) { return job.state >= IppJobState::Canceled; }

Error printer_failed(std::string message, std::string_view cure) {
    return Error{ErrorCode::PrinterFailed, std::move(message), "", std::string(cure)};
}

}  // namespace

std::string_view to_string(IppAction::Kind kind) {
    switch (kind) {
        case IppAction::Kind::Connect:
            return "connect";
        case IppAction::Kind::AskPrinter:
            return "ask-printer";
        case IppAction::Kind::ListActive:
            return "list-active";
        case IppAction::Kind::ListFinished:
            return "list-finished";
        case IppAction::Kind::CreateJob:
            return "create-job";
        case IppAction::Kind::SendDocument:
            return "send-document";
        case IppAction::Kind::AskJob:
            return "ask-job";
        case IppAction::Kind::CancelJob:
            return "cancel-job";
        case IppAction::Kind::Wait:
            return "wait";
        case IppAction::Kind::Keep:
            return "keep";
        case IppAction::Kind::End:
            break;
    }
    return "end";
}

IppMachine::IppMachine(IppDocument document, HandOver known, const DeviceOptions& options,
                       IppMemory& memory)
    : document_(std::move(document)), known_(std::move(known)), options_(options), memory_(memory) {
    if (known_.step == HandOver::Step::Printing)
        arrived_ = Arrived::Yes;
    else if (known_.step == HandOver::Step::Sending && job() > 0)
        arrived_ = Arrived::Maybe;
}

int IppMachine::job() const {
    int id = 0;
    std::from_chars(known_.device_job.data(), known_.device_job.data() + known_.device_job.size(),
                    id);
    return id;
}

bool IppMachine::may_have_left() const { return arrived_ != Arrived::No; }

bool IppMachine::can_stop() const {
    switch (at_) {
        case At::KeepJob:
        case At::Send:
        case At::KeepPrinting:
        case At::Clear:
        case At::Cancel:
        case At::Ended:
            return false;
        default:
            return true;
    }
}

Sent IppMachine::sent() const {
    Sent sent;
    sent.arrived = arrived_;
    sent.format = document_.document.paper.format;
    sent.pages = document_.document.pages;
    sent.bytes = document_.bytes;
    sent.counting = memory_.counting;
    sent.stamps_lie = memory_.stamps_lie;
    return sent;
}

IppAction IppMachine::resume(const IppEvent& event) {
    now_ = event.now;
    if (event.is_new_connection) is_sure_of_number_ = false;
    switch (event.kind) {
        case IppEvent::Kind::Begin:
            progress_at_ = now_.clock;
            return go(At::Connect, IppAction::Kind::Connect);
        case IppEvent::Kind::Finished:
            return on_finished();
        case IppEvent::Kind::Answer:
            losses_ = 0;
            return on_answer(event.answer);
        case IppEvent::Kind::Lost:
            return on_lost(event);
        case IppEvent::Kind::Unreachable:
            return on_unreachable(event.error);
        case IppEvent::Kind::KeepFailed:
            break;
    }
    return end(Outcome::Kind::Stopped);
}

IppAction IppMachine::on_answer(const IppAnswer& answer) {
    switch (at_) {
        case At::Printer:
            return on_printer(answer);
        case At::ListActive:
        case At::ListFinished:
            return on_list(answer);
        case At::Create:
            return on_created(answer);
        case At::Send:
            return on_sent(answer);
        case At::Ask:
            return on_job(answer);
        case At::Glance:
        case At::Autopsy:
            return on_glance(answer);
        case At::Clear:  // whatever it says: without a document nothing can be on paper
            return clear_next();
        case At::Cancel:  // whatever it says: the job's state decides
            is_cancel_answered_ = true;
            return go(At::Ask, IppAction::Kind::AskJob, job());
        default:
            return end(Outcome::Kind::Unknown,
                       Error{ErrorCode::Internal, "an answer that was not asked for", "", ""});
    }
}

IppAction IppMachine::on_finished() {
    switch (at_) {
        case At::Connect:
            return after_connect();
        case At::KeepSending:
            return go(At::Create, IppAction::Kind::CreateJob);
        case At::KeepJob:
            if (arrived_ == Arrived::No) return go(At::Send, IppAction::Kind::SendDocument, job());
            return go(At::Ask, IppAction::Kind::AskJob, job());
        case At::KeepPrinting:
            return go(At::Ask, IppAction::Kind::AskJob, job());
        default:
            break;
    }
    switch (then_) {
        case At::Connect:
            return go(At::Connect, IppAction::Kind::Connect);
        case At::Create:
            return go(At::Create, IppAction::Kind::CreateJob);
        default:
            return go(At::Ask, IppAction::Kind::AskJob, job());
    }
}

/// With a job's number the job is asked; without, nothing has left and all begins anew.
IppAction IppMachine::after_connect() {
    if (job() > 0) {
        if (memory_.newest) return go(At::Ask, IppAction::Kind::AskJob, job());
        return go(At::ListActive, IppAction::Kind::ListActive);
    }
    if (known_.step == HandOver::Step::Printing)
        return unknown("it was with the printer, which gave it no number");
    return go(At::Printer, IppAction::Kind::AskPrinter);
}

IppAction IppMachine::on_printer(const IppAnswer& answer) {
    if (refusal_of(answer.status) != Refusal::None)
        return end(Outcome::Kind::Waiting, refusal_error(answer, "a question for its state"));
    const auto& printer = answer.printer;
    if (memory_.up_time && printer.up_time && *printer.up_time < *memory_.up_time)
        memory_.newest.reset();
    memory_.up_time = printer.up_time;
    const auto lacks = [&](int operation) {
        return std::find(printer.operations.begin(), printer.operations.end(), operation) ==
               printer.operations.end();
    };
    if (!printer.operations.empty() && (lacks(kIppCreateJob) || lacks(kIppSendDocument)))
        return end(Outcome::Kind::Waiting,
                   printer_failed("the printer cannot make a job before the document is sent "
                                  "(Create-Job, Send-Document)",
                                  "print through a queue of CUPS: cups:QUEUE"));
    auto choice =
        choose_paper(document_.document.paper, printer.capabilities, document_.document.tray);
    if (!choice) return end(Outcome::Kind::Failed, choice.error());
    choice_ = *std::move(choice);
    has_scaling_none_ = std::find(printer.scalings.begin(), printer.scalings.end(), "none") !=
                        printer.scalings.end();
    const auto state = device_state(printer);
    if (!printer.is_accepting || printer.state == IppPrinterState::Stopped) {
        tell_ = state;
        return end(Outcome::Kind::Waiting,
                   printer_failed(fmt::format("the printer takes nothing now: {}", state.trouble),
                                  "put that right at the printer; the document waits here"));
    }
    if (memory_.newest && known_.step == HandOver::Step::Waiting) return create();
    return go(At::ListActive, IppAction::Kind::ListActive);
}

/// A list that is refused is an empty one: nothing hangs on it but tidiness.
IppAction IppMachine::on_list(const IppAnswer& answer) {
    if (at_ == At::ListActive) found_.clear();
    if (!memory_.newest) memory_.newest = 0;
    const int mark = newest_of(known_.mark);
    for (const auto& job : answer.jobs) {
        learn(job);
        if (job.name == document_.document.name && job.id > mark) found_.push_back(job);
    }
    if (at_ == At::ListActive) return go(At::ListFinished, IppAction::Kind::ListFinished);
    return after_lists();
}

void IppMachine::learn(const IppJob& job) {
    memory_.newest = std::max(memory_.newest.value_or(0), job.id);
    if (job.impressions.value_or(0) > 0) memory_.counting = Counting::Counts;
    if (job.state != IppJobState::Completed) return;
    // A job may be completed without a document; one that has some was printed from.
    if (job.impressions == 0 && job.documents != 0 && memory_.counting == Counting::NotSeen)
        memory_.counting = Counting::SaysZero;
    if (job.was_processed == false && job.documents != 0) memory_.stamps_lie = true;
}

IppAction IppMachine::after_lists() {
    if (job() > 0) return go(At::Ask, IppAction::Kind::AskJob, job());
    if (known_.step == HandOver::Step::Waiting) return create();
    const auto other = std::find_if(found_.begin(), found_.end(), holds_something);
    if (other != found_.end()) {
        known_.device_job = std::to_string(other->id);
        arrived_ = Arrived::Maybe;
        return keep(At::KeepJob);
    }
    return clear_next();
}

IppAction IppMachine::clear_next() {
    while (!found_.empty()) {
        const auto job = found_.back();
        found_.pop_back();
        if (!has_ended(job)) return go(At::Clear, IppAction::Kind::CancelJob, job.id);
    }
    return create();
}

IppAction IppMachine::create() {
    if (document_.bytes < 0)
        return end(Outcome::Kind::Failed,
                   Error{ErrorCode::FileUnreadable, "the document cannot be read",
                         document_.document.file.string(), "print it again"});
    known_ = HandOver{};
    known_.step = HandOver::Step::Sending;
    known_.since = now_.seconds;
    known_.mark = mark_of(memory_.newest.value_or(0));
    arrived_ = Arrived::No;
    last_ = IppJob{};
    absent_since_ = -1ms;
    busy_since_ = -1ms;
    wait_ = 0ms;
    return keep(At::KeepSending);
}

IppAction IppMachine::on_created(const IppAnswer& answer) {
    const auto refusal = refusal_of(answer.status);
    if (refusal == Refusal::Busy) {
        if (busy_since_ < 0ms) busy_since_ = now_.clock;
        if (now_.clock - busy_since_ < options_.answer_timeout)
            return pause(At::Create, back_off(1000ms));
        return end(Outcome::Kind::Waiting, refusal_error(answer, "the job"));
    }
    if (refusal == Refusal::Broken)
        return end(Outcome::Kind::Waiting, refusal_error(answer, "the job"));
    if (refusal != Refusal::None)
        return end(Outcome::Kind::Failed, refusal_error(answer, "the job"));
    if (answer.job.id <= 0)
        return end(Outcome::Kind::Failed,
                   printer_failed("the printer made a job and gave it no number",
                                  "print through a queue of CUPS: cups:QUEUE"));
    memory_.newest = std::max(memory_.newest.value_or(0), answer.job.id);
    known_.device_job = std::to_string(answer.job.id);
    is_sure_of_number_ = true;
    if (answer.has_substitute) {
        refusal_ =
            Outcome{Outcome::Kind::Failed,
                    printer_failed("the printer would take other paper, another tray or other "
                                   "sides than was asked for",
                                   "set paper and tray at the printer as the template needs"),
                    0, 0};
        return cancel();
    }
    return keep(At::KeepJob);
}

IppAction IppMachine::again(Error reason) {
    is_cancelling_ = false;
    known_.mark = mark_of(std::max(newest_of(known_.mark), job()));
    known_.device_job.clear();
    known_.step = HandOver::Step::Sending;
    arrived_ = Arrived::No;
    if (++tries_ >= kTries) return end(Outcome::Kind::Waiting, std::move(reason));
    return go(At::Printer, IppAction::Kind::AskPrinter);
}

IppAction IppMachine::on_lost(const IppEvent& event) {
    lost_ = event.error;
    ++losses_;
    if (at_ == At::Send) arrived_ = event.left;
    if (at_ == At::Create && ++tries_ >= kTries) return end(Outcome::Kind::Waiting, event.error);
    is_sure_of_number_ = false;
    // A restart may be the reason: what was listed before may be of another life.
    memory_.newest.reset();
    const bool is_at_stake = may_have_left() || job() > 0;
    if (!is_at_stake && losses_ >= kLosses) return end(Outcome::Kind::Waiting, event.error);
    if (is_at_stake && is_out_of_patience())
        return unknown(fmt::format("the printer has not answered for {} s: {}",
                                   options_.print_timeout.count() / 1000, event.error.message));
    if (losses_ == 1) return go(At::Connect, IppAction::Kind::Connect);
    return pause(At::Connect, back_off(kLongestPause));
}

IppAction IppMachine::on_unreachable(const Error& error) {
    memory_.newest.reset();
    if (!may_have_left()) return end(Outcome::Kind::Waiting, error);
    if (is_out_of_patience())
        return unknown(fmt::format("the printer has not been reached for {} s: {}",
                                   options_.print_timeout.count() / 1000, error.message));
    if (told_ != error.message) {
        tell_ = DeviceState{};
        tell_->trouble = told_ = error.message;
    }
    return pause(At::Connect, back_off(kLongestPause));
}

milliseconds IppMachine::back_off(milliseconds most) {
    wait_ = wait_ <= 0ms ? kFirstPause : wait_ * 2;
    wait_ = std::min(wait_, std::max(most, 1ms));
    return wait_;
}

IppAction IppMachine::go(At at, IppAction::Kind kind, int job) {
    at_ = at;
    IppAction action;
    action.kind = kind;
    action.job = job;
    action.tell = std::exchange(tell_, std::nullopt);
    return action;
}

IppAction IppMachine::keep(At at) {
    auto action = go(at, IppAction::Kind::Keep);
    action.keep = known_;
    return action;
}

IppAction IppMachine::pause(At then, milliseconds wait) {
    then_ = then;
    auto action = go(At::Pause, IppAction::Kind::Wait);
    action.wait = wait;
    return action;
}

IppAction IppMachine::end(Outcome::Kind kind, Error reason) {
    auto action = go(At::Ended, IppAction::Kind::End);
    action.outcome.kind = kind;
    action.outcome.reason = std::move(reason);
    return action;
}

}  // namespace verso::printer

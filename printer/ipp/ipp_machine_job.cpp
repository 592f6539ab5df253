// SPDX-License-Identifier: Apache-2.0
#include <fmt/format.h>

#include <algorithm>

#include "printer/ipp/ipp_machine.h"

// The machine's second half: what becomes of a job that has a document, or should have one.

namespace verso::printer {

using namespace std::chrono_literals;
using std::chrono::milliseconds;

namespace {

/// What the last bytes of a broken connection may take to a job; a job that has none by then
/// gets none.
constexpr milliseconds kSettle{1000};
constexpr milliseconds kLongestPause{2000};
constexpr milliseconds kSoon{20};  ///< what has just moved moves on
constexpr int kNonsense = 20;      ///< answers without meaning, in sequence
constexpr int kGlance = 5;         ///< looks at the job to one at the printer
constexpr std::string_view kLook =
    "look whether it lies in the printer's tray, then say printed, or not printed";

/// What a printer decides before it reads the document: its format, and who may print.
bool is_refused_unread(int status) {
    return status == 0x040A || (status >= 0x0401 && status <= 0x0403);
}

Error printer_failed(std::string message, std::string_view cure) {
    return Error{ErrorCode::PrinterFailed, std::move(message), "", std::string(cure)};
}

}  // namespace

IppAction IppMachine::on_sent(const IppAnswer& answer) {
    const auto refusal = refusal_of(answer.status);
    if (refusal == Refusal::None) {
        arrived_ = Arrived::Yes;
        known_.step = HandOver::Step::Printing;
        progress_at_ = now_.clock;
        wait_ = 0ms;
        return keep(At::KeepPrinting);
    }
    // It was switched off and on since the job was made, and knows it no more: nothing was taken.
    if (refusal == Refusal::NotFound) return again(refusal_error(answer, "the document"));
    // What it says of the document is one thing; the job's state says what became of it.
    arrived_ = is_refused_unread(answer.status) ? Arrived::No : Arrived::Partly;
    const bool may_pass = refusal == Refusal::Busy || refusal == Refusal::Broken;
    refusal_ = Outcome{may_pass ? Outcome::Kind::Waiting : Outcome::Kind::Failed,
                       refusal_error(answer, "the document"), 0, 0};
    return cancel();
}

IppAction IppMachine::cancel() {
    if (!is_cancelling_) cancelling_since_ = now_.clock;
    is_cancelling_ = true;
    is_cancel_answered_ = false;
    return go(At::Cancel, IppAction::Kind::CancelJob, job());
}

IppAction IppMachine::on_job(const IppAnswer& answer) {
    const auto refusal = refusal_of(answer.status);
    if (refusal == Refusal::NotFound) return job_is_gone();
    if (refusal == Refusal::Busy || refusal == Refusal::Broken) {
        if (is_out_of_patience())
            return unknown(refusal_error(answer, "the question for the job").message);
        return pause(At::Ask, back_off(kLongestPause));
    }
    if (refusal == Refusal::Final) return unclear_answer(answer);
    const auto& job = answer.job;
    if (!is_sure_of_number_ && is_other(job)) return job_is_gone();
    const auto finding =
        job.id != 0 && job.id != this->job() ? Finding::Nonsense : judge(job, sent());
    nonsense_ = finding == Finding::Nonsense ? nonsense_ + 1 : 0;
    if (finding != Finding::Nonsense) note_progress(job);
    return conclude(job, finding);
}

/// Numbers begin anew in some printers when they are switched on.
bool IppMachine::is_other(const IppJob& job) const {
    if (!job.name.empty()) return job.name != document_.document.name;
    return has_restarted(job.up_time, known_.since, now_.seconds);
}

void IppMachine::note_progress(const IppJob& job) {
    const bool waits = job.state == IppJobState::Pending || job.state == IppJobState::Held ||
                       job.state == IppJobState::Stopped;
    const bool has_moved = job.state != last_.state || job.impressions != last_.impressions ||
                           job.reasons != last_.reasons || job.kilobytes != last_.kilobytes;
    if ((waits && arrived_ == Arrived::Yes) || has_moved) progress_at_ = now_.clock;
    if (has_moved) wait_ = std::min<milliseconds>(wait_, kSoon);
    last_ = job;
}

IppAction IppMachine::conclude(const IppJob& job, Finding finding) {
    switch (finding) {
        case Finding::Follow:
            return is_cancelling_ ? await_cancel() : follow(job);
        case Finding::Absent:
            return on_absent();
        case Finding::Done:
            learn(job);
            return end(Outcome::Kind::Done);
        case Finding::Nothing:
        case Finding::Claimed:
            return on_nothing(job, finding);
        case Finding::Unknown:
            if (job.state == IppJobState::Completed)
                return unknown(
                    fmt::format("the printer calls job {} completed, but the connection "
                                "broke before all of the document was seen to arrive",
                                this->job()));
            return unknown(how_it_ended(job) + "; some of it may be on paper");
        case Finding::Nonsense:
            break;
    }
    if (nonsense_ >= kNonsense || is_out_of_patience())
        return unknown(
            fmt::format("the printer's answers about job {} have no meaning", this->job()));
    return pause(At::Ask, back_off(options_.poll));
}

std::string IppMachine::how_it_ended(const IppJob& job) const {
    const auto why = job_reasons(job);
    return fmt::format("the printer {} job {}{}{}",
                       job.state == IppJobState::Canceled    ? "cancelled"
                       : job.state == IppJobState::Completed ? "closed"
                                                             : "broke off",
                       this->job(), why.empty() ? "" : ": ", why);
}

/// Printers take their time to give a job up.
IppAction IppMachine::await_cancel() {
    const bool has_time = now_.clock - cancelling_since_ < options_.answer_timeout;
    if (has_time && !is_cancel_answered_) return cancel();  // it was lost on its way
    if (has_time) return pause(At::Ask, back_off(options_.poll));
    return unknown(fmt::format("the printer does not give up job {}", job()));
}

/// The end of the document may still be under way in the network, if it may have left at all.
IppAction IppMachine::on_absent() {
    if (absent_since_ < 0ms) absent_since_ = now_.clock;
    const auto settle = std::min<milliseconds>(kSettle, options_.answer_timeout);
    if (arrived_ == Arrived::Maybe && now_.clock - absent_since_ < settle)
        return pause(At::Ask, back_off(options_.poll));
    if (!is_cancelling_) return cancel();
    if (may_have_left() || now_.clock - cancelling_since_ < options_.answer_timeout)
        return await_cancel();
    if (refusal_) return end(refusal_->kind, refusal_->reason);
    return again(printer_failed("the printer keeps a job that got no document",
                                "cancel it at the printer's panel or web page"));
}

/// What never arrived is sent again, unless a person at the printer did not want it.
IppAction IppMachine::on_nothing(const IppJob& job, Finding finding) {
    if (refusal_) return end(refusal_->kind, refusal_->reason);
    const auto ended = how_it_ended(job);
    const bool by_person = std::any_of(job.reasons.begin(), job.reasons.end(), [](const auto& one) {
        return one == "job-canceled-at-device" || one == "job-canceled-by-operator";
    });
    if (finding == Finding::Nothing && arrived_ != Arrived::Yes && !by_person)
        return again(lost_.message.empty() ? printer_failed(ended, "look at the printer") : lost_);
    return end(Outcome::Kind::Failed,
               printer_failed(ended + (finding == Finding::Nothing
                                           ? "; nothing of it was printed"
                                           : "; it says that nothing of it was printed"),
                              "look at the printer and the document, then print it again"));
}

IppAction IppMachine::follow(const IppJob& job) {
    const bool waits = job.state == IppJobState::Pending || job.state == IppJobState::Held;
    // It may wait for a document that never comes, and does not say so.
    if (is_out_of_patience() && waits && arrived_ != Arrived::Yes) return cancel();
    if (is_out_of_patience())
        return unknown(fmt::format("job {} has come no further for {} s", this->job(),
                                   options_.print_timeout.count() / 1000));
    ++asks_;
    const bool is_slow = wait_ >= options_.poll || job.state != IppJobState::Processing;
    if (is_slow && asks_ % kGlance == 0) return go(At::Glance, IppAction::Kind::AskPrinter);
    return pause(At::Ask, back_off(options_.poll));
}

/// While the printer says what is wrong, the truth is known: it waits for a person.
IppAction IppMachine::on_glance(const IppAnswer& answer) {
    const bool is_told = refusal_of(answer.status) == Refusal::None;
    if (at_ == At::Autopsy) {
        const bool is_new =
            is_told && has_restarted(answer.printer.up_time, known_.since, now_.seconds);
        return unknown(fmt::format("the printer does not know job {} any more{}", job(),
                                   is_new ? ": it was switched off and on since" : ""));
    }
    if (is_told) {
        auto state = device_state(answer.printer);
        if (last_.state == IppJobState::Held && arrived_ == Arrived::Yes && state.trouble.empty())
            state.trouble = "the printer holds the job until it is released there";
        if (is_held_up(answer.printer)) progress_at_ = now_.clock;
        if (state.trouble != told_) tell_ = state;
        told_ = state.trouble;
    }
    return pause(At::Ask, back_off(options_.poll));
}

IppAction IppMachine::job_is_gone() {
    if (refusal_ && arrived_ == Arrived::No) return end(refusal_->kind, refusal_->reason);
    if (!may_have_left())
        return again(printer_failed(fmt::format("the printer does not know job {} any more", job()),
                                    "look whether it was switched off and on"));
    // It was seen to print the last page, and keeps no history.
    const int pages = document_.document.pages;
    if (arrived_ == Arrived::Yes && pages > 0 && last_.impressions.value_or(0) >= pages)
        return end(Outcome::Kind::Done);
    return go(At::Autopsy, IppAction::Kind::AskPrinter);
}

IppAction IppMachine::unclear_answer(const IppAnswer& answer) {
    if (!may_have_left()) return again(refusal_error(answer, "the question for the job"));
    return unknown(refusal_error(answer, "the question for the job").message);
}

IppAction IppMachine::unknown(std::string message) {
    return end(Outcome::Kind::Unknown, printer_failed(std::move(message), kLook));
}

bool IppMachine::is_out_of_patience() const {
    return now_.clock - progress_at_ >= options_.print_timeout;
}

}  // namespace verso::printer

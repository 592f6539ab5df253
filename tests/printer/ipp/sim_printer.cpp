// SPDX-License-Identifier: Apache-2.0
#include "sim_printer.h"

#include <algorithm>
#include <stdexcept>

namespace verso::printer::tests {

using Kind = IppAction::Kind;

SimPrinter::SimPrinter() {
    self.state = IppPrinterState::Idle;
    self.operations = {0x0002, kIppCreateJob, kIppSendDocument, 0x0008, 0x0009, 0x000A, 0x000B};
    self.capabilities.formats = {"application/pdf"};
    self.capabilities.ready = {*parse_media_name("iso_a4_210x297mm")};
}

IppJob* SimPrinter::find(int id) {
    const auto found =
        std::find_if(jobs.begin(), jobs.end(), [&](const IppJob& job) { return job.id == id; });
    return found == jobs.end() ? nullptr : &*found;
}

IppJob& SimPrinter::add(const std::string& name, IppJobState state) {
    IppJob job;
    job.id = next_++;
    job.name = name;
    job.state = state;
    job.impressions = 0;
    job.documents = 0;
    job.kilobytes = 0;
    job.was_processed = false;
    jobs.push_back(job);
    return jobs.back();
}

int SimPrinter::count(Kind kind) const {
    return static_cast<int>(std::count(asked.begin(), asked.end(), kind));
}

void SimPrinter::arrive(int id, const std::string& name) {
    IppJob* job = find(id);
    if (job == nullptr || job->state >= IppJobState::Canceled) return;
    holds[id] = name;
    job->documents = 1;
    job->kilobytes = 5;
    job->state = IppJobState::Pending;
    job->reasons = {"none"};
}

void SimPrinter::break_off(int id) {
    IppJob* job = find(id);
    if (job == nullptr || job->state >= IppJobState::Canceled) return;
    job->state = IppJobState::Aborted;
    job->reasons = {"aborted-by-system"};
}

void SimPrinter::jam() {
    for (auto& job : jobs) {
        if (job.state != IppJobState::Processing) continue;
        ++on_paper[holds[job.id]];
        job.impressions = counts ? 1 : 0;
        break_off(job.id);
    }
}

void SimPrinter::restart(std::int64_t now) {
    since = now;
    if (keeps_jobs) return;
    jobs.clear();
    holds.clear();
    next_ = 1;
}

void SimPrinter::tick() {
    for (auto& job : jobs) {
        const bool is_going =
            job.state == IppJobState::Pending || job.state == IppJobState::Processing;
        if (!is_going || self.state == IppPrinterState::Stopped) continue;
        job.was_processed = true;
        job.state = IppJobState::Processing;
        job.reasons = {"job-printing"};
        if (++ticks_[job.id] >= ticks_to_print) print(job);
    }
}

void SimPrinter::print(IppJob& job) {
    ++on_paper[holds[job.id]];
    job.state = IppJobState::Completed;
    job.reasons = {"job-completed-successfully"};
    job.impressions = counts ? 2 : 0;
}

IppJob SimPrinter::told(const IppJob& job, std::int64_t now) const {
    IppJob out = job;
    if (!tells_documents) out.documents.reset();
    if (!tells_documents) out.reasons.clear();
    if (!tells_kilobytes) out.kilobytes.reset();
    if (!tells_stamps) out.was_processed.reset();
    if (!tells_names) out.name.clear();
    out.up_time = now - since;
    return out;
}

IppAnswer SimPrinter::answer(const IppAction& action, const std::string& name, std::int64_t now) {
    asked.push_back(action.kind);
    IppAnswer answer;
    IppJob* job = find(action.job);
    const bool is_gone = job == nullptr || (forgets && job->state >= IppJobState::Canceled);
    switch (action.kind) {
        case Kind::AskPrinter:
            answer.printer = self;
            answer.printer.up_time = now - since;
            break;
        case Kind::ListActive:
        case Kind::ListFinished:
            if (!lists) answer.status = 0x0501;
            for (const auto& one : jobs) {
                const bool has_ended = one.state >= IppJobState::Canceled;
                if (lists && has_ended == (action.kind == Kind::ListFinished) &&
                    !(forgets && has_ended))
                    answer.jobs.push_back(told(one, now));
            }
            break;
        case Kind::CreateJob:
            answer.job = told(add(name, IppJobState::Held), now);
            jobs.back().reasons = {"job-incoming"};
            break;
        case Kind::SendDocument:
            if (is_gone) return answer.status = 0x0406, answer;
            arrive(action.job, name);
            answer.job = told(*find(action.job), now);
            break;
        case Kind::CancelJob:
            if (is_gone) return answer.status = 0x0406, answer;
            if (job->state >= IppJobState::Canceled) return answer.status = 0x0404, answer;
            job->state = IppJobState::Canceled;
            job->reasons = {"job-canceled-by-user"};
            break;
        case Kind::AskJob:
            tick();
            job = find(action.job);
            if (job == nullptr || (forgets && job->state >= IppJobState::Canceled))
                return answer.status = 0x0406, answer;
            answer.job = told(*job, now);
            break;
        default:
            throw std::logic_error("not a request");
    }
    return answer;
}

Talk::Talk(SimPrinter& sim) : printer(sim) {
    document.name = "insert-4711";
    document.pages = 2;
    document.file = "/nowhere/insert.pdf";
    now.seconds = 100000;
}

IppAction Talk::begin() {
    machine_ = std::make_unique<IppMachine>(IppDocument{document, bytes}, kept, options, memory);
    return give({});
}

IppAction Talk::give(IppEvent event) {
    now.clock += std::chrono::milliseconds(1);
    event.now = now;
    action_ = machine_->resume(event);
    if (action_.tell) told.push_back(*action_.tell);
    return action_;
}

IppAction Talk::answer(const IppAnswer& answer) {
    IppEvent event;
    event.kind = IppEvent::Kind::Answer;
    event.answer = answer;
    return give(event);
}

IppAction Talk::refuse(int status) {
    IppAnswer refusal;
    refusal.status = status;
    return answer(refusal);
}

IppAction Talk::lose(Arrived left) {
    IppEvent event;
    event.kind = IppEvent::Kind::Lost;
    event.error = Error{ErrorCode::PrinterFailed, "the connection broke", "", "look"};
    event.left = left;
    return give(event);
}

IppAction Talk::unreachable() {
    IppEvent event;
    event.kind = IppEvent::Kind::Unreachable;
    event.error = Error{ErrorCode::PrinterFailed, "no route", "", "look at the cable"};
    return give(event);
}

IppAction Talk::keep_failed() {
    IppEvent event;
    event.kind = IppEvent::Kind::KeepFailed;
    return give(event);
}

IppAction Talk::step() {
    IppEvent event;
    event.kind = IppEvent::Kind::Finished;
    switch (action_.kind) {
        case Kind::Wait:
            now.clock += action_.wait;
            now.seconds = 100000 + now.clock.count() / 1000;
            waited += action_.wait;
            return give(event);
        case Kind::Keep:
            kept = action_.keep;
            all_kept.push_back(kept);
            return give(event);
        case Kind::Connect:
            return give(event);
        case Kind::End:
            throw std::logic_error("it has ended");
        default:
            return answer(printer.answer(action_, document.name, now.seconds));
    }
}

IppAction Talk::until(Kind kind) {
    for (int steps = 0; action_.kind != kind; ++steps) {
        if (action_.kind == Kind::End || steps > 100000)
            throw std::logic_error("it ended before: " + action_.outcome.reason.text());
        step();
    }
    return action_;
}

Outcome Talk::finish() { return until(Kind::End).outcome; }

}  // namespace verso::printer::tests

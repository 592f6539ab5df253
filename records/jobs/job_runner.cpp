// SPDX-License-Identifier: Apache-2.0
#include "records/jobs/job_runner.h"

#include <exception>

namespace verso::records {

namespace {

/// Longer ones are cut: the log has them whole.
constexpr std::size_t kLongestError = 1000;

std::string shown(const Error& error) {
    std::string text = error.text();
    if (text.size() <= kLongestError) return text;
    std::size_t end = kLongestError;
    while (end > 0 && (static_cast<unsigned char>(text[end]) & 0xC0U) == 0x80U) --end;
    text.resize(end);
    return text;
}

class Guarded {
  public:
    Guarded(LeaseGuard* guard, const LeasedJob& job) : guard_(guard) {
        if (guard_ != nullptr) guard_->begin(job);
    }
    ~Guarded() {
        if (guard_ != nullptr) guard_->end();
    }
    Guarded(const Guarded&) = delete;
    Guarded& operator=(const Guarded&) = delete;

  private:
    LeaseGuard* guard_;
};

/// The handler's word; whatever it throws is our own mistake, and the job's failure.
Result<void> called(const JobHandler& handler, const LeasedJob& job, const CompleteJob& complete) {
    try {
        return handler(job, complete);
    } catch (const std::exception& broken) {
        return Error{ErrorCode::Internal, broken.what(), job.kind + " " + job.key, ""};
    }
}

Result<JobRun> write_failure(JobQueue& queue, const LeasedJob& job, const Error& error,
                             const Clock& clock, RandomSource& random, const BackOff& options) {
    const Instant now = clock.now();
    std::optional<Instant> again;
    if (is_worth_retrying(error.code)) again = now + back_off(job.attempts, random.bits(), options);
    const std::string text = shown(error);
    auto state = queue.fail(job, text, again, now);
    if (!state) {
        if (state.error().code == ErrorCode::NotAllowed) return JobRun{JobOutcome::Lost, text};
        return state.error();
    }
    return JobRun{*state == JobState::Dead ? JobOutcome::Dead : JobOutcome::Retried, text};
}

}  // namespace

Result<JobRun> run_job(JobQueue& queue, const LeasedJob& job, const JobHandler& handler,
                       const Clock& clock, RandomSource& random, LeaseGuard* guard,
                       const BackOff& back_off_options) {
    bool completed = false, lost = false;
    const CompleteJob complete = [&]() -> Result<void> {
        auto done = queue.complete(job, clock.now());
        completed = done.has_value();
        lost = !done && done.error().code == ErrorCode::NotAllowed;
        return done;
    };
    Result<void> result = [&] {
        const Guarded guarded(guard, job);
        return called(handler, job, complete);
    }();
    if (result && !completed) result = complete();
    if (result) return JobRun{};
    if (lost) return JobRun{JobOutcome::Lost, shown(result.error())};
    // Also when the job was completed in a transaction that then was not kept.
    return write_failure(queue, job, result.error(), clock, random, back_off_options);
}

}  // namespace verso::records

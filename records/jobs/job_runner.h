// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <functional>
#include <map>
#include <string>

#include "core/crypto/crypto.h"
#include "core/util/time.h"
#include "records/jobs/back_off.h"
#include "records/jobs/job_queue.h"

namespace verso::records {

/// Ends the job inside the transaction that keeps its effect. NotAllowed: the lease was lost, keep
/// nothing.
using CompleteJob = std::function<Result<void>()>;

/// Does one job. A handler that writes to the store calls `complete` in the transaction in which it
/// does so; one that does not call it is completed when it returns. It may be called again for the
/// same job after a crash at any point: what it does outside of the store must stand that.
using JobHandler = std::function<Result<void>(const LeasedJob& job, const CompleteJob& complete)>;

/// What became of a job.
enum class JobOutcome {
    Done,
    Retried,  ///< failed, waits for its next attempt
    Dead,     ///< failed, waits for a person
    Lost,     ///< another worker has it now
};

/// What was run, for the log.
struct JobRun {
    JobOutcome outcome = JobOutcome::Done;
    std::string error;  ///< of the attempt; empty when it went well
};

/// Tells before and after a handler runs whose lease must be kept; lease_keeper.h in app does it.
class LeaseGuard {
  public:
    virtual ~LeaseGuard() = default;
    virtual void begin(const LeasedJob& job) = 0;
    virtual void end() = 0;
};

/// Runs one leased job and writes down what became of it. DatabaseFailed when that cannot be
/// written down: the job comes back when its lease runs out. `guard` may be null.
Result<JobRun> run_job(JobQueue& queue, const LeasedJob& job, const JobHandler& handler,
                       const Clock& clock, RandomSource& random, LeaseGuard* guard = nullptr,
                       const BackOff& back_off_options = {});

}  // namespace verso::records

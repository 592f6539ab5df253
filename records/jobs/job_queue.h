// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <chrono>
#include <optional>
#include <string>
#include <vector>

#include "records/jobs/job.h"

namespace verso::records {

/// A kind of job that a worker does.
struct KindToLease {
    std::string kind;
    /// How many jobs of this kind may be leased at once by all workers of the store together, so
    /// that a mail server or a printer is not overrun. 0: any number.
    int most_at_once = 0;
};

/// What a worker asks for.
struct LeaseRequest {
    std::vector<KindToLease> kinds;  ///< in the order in which they are looked for
    std::string owner;               ///< "host:pid", for people
    std::chrono::seconds lease_for{60};
    int most = 1;                  ///< jobs at once
    std::optional<ShopId> shop{};  ///< of this one only; none: of all shops
};

/// How many jobs are where.
struct JobCount {
    std::string kind;
    JobState state = JobState::Waiting;
    long long jobs = 0;
};

/// The durable queue: part of a Store and of its transactions. What is put in inside of a
/// transaction is there exactly when that is kept. A job is leased for a time, not taken out: a
/// worker that dies loses nothing. Each lease has its own token, and a job ends only for who holds
/// the token: one that was leased again, because its first worker was slow, is done once. All times
/// come from the callers' clocks; those of several machines must agree within a part of a lease.
/// DatabaseFailed from any of them. Threads: as the Store.
class JobQueue {
  public:
    virtual ~JobQueue() = default;

    /// Puts a job in. False, and nothing is changed, when the shop has one of this kind and key
    /// already, done and dead ones included. ValueInvalid as check_job says.
    virtual Result<bool> enqueue(ShopId shop, const NewJob& job, Instant now) = 0;

    /// Leases jobs of all shops, or of the one asked for, that are due, oldest first: waiting ones
    /// whose time has come, and leased ones whose lease ran out. One that ran out in its last
    /// attempt is given up.
    virtual Result<std::vector<LeasedJob>> lease(const LeaseRequest& request, Instant now) = 0;

    /// Lengthens a lease. False when it is no longer this worker's.
    virtual Result<bool> renew(const LeasedJob& job, std::chrono::seconds lease_for,
                               Instant now) = 0;

    /// The job is done. To be called in the transaction that keeps its effect: NotAllowed when the
    /// lease was lost, and then the effect must not be kept, for another worker keeps its own.
    virtual Result<void> complete(const LeasedJob& job, Instant now) = 0;

    /// The attempt failed: the job waits until `again`, or is given up when there is none or no
    /// attempt is left. NotAllowed when the lease was lost: nothing is changed then.
    virtual Result<JobState> fail(const LeasedJob& job, const std::string& error,
                                  std::optional<Instant> again, Instant now) = 0;

    /// The jobs of a shop in one state, the newest first, at most `most`.
    virtual Result<std::vector<JobRecord>> list(ShopId shop, JobState state, int most) = 0;
    /// How many jobs of a shop are where; kinds and states without any are left out.
    virtual Result<std::vector<JobCount>> count(ShopId shop) = 0;
    /// A person lets a dead job be tried again from its first attempt. NotFound for a job that is
    /// not this shop's; NotAllowed for one that is not dead.
    virtual Result<void> retry(ShopId shop, JobId job, Instant now) = 0;
    /// A person takes a dead or waiting job out for good. NotFound, NotAllowed as above. Its key is
    /// free afterwards.
    virtual Result<void> drop(ShopId shop, JobId job) = 0;
    /// Forgets the jobs of a shop that were done before that moment; how many. Their keys are free
    /// afterwards.
    virtual Result<long long> forget_done(ShopId shop, Instant before) = 0;
};

}  // namespace verso::records

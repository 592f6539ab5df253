// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "records/jobs/job_queue.h"
#include "records/store/connection.h"

namespace verso::records {

/// The queue as rows of the table job.
class JobTable final : public JobQueue {
  public:
    /// `db` must outlive it.
    explicit JobTable(Connection& db) : db_(db) {}

    Result<bool> enqueue(ShopId shop, const NewJob& job, Instant now) override;
    Result<std::vector<LeasedJob>> lease(const LeaseRequest& request, Instant now) override;
    Result<bool> renew(const LeasedJob& job, std::chrono::seconds lease_for, Instant now) override;
    Result<void> complete(const LeasedJob& job, Instant now) override;
    Result<JobState> fail(const LeasedJob& job, const std::string& error,
                          std::optional<Instant> again, Instant now) override;
    Result<std::vector<JobRecord>> list(ShopId shop, JobState state, int most) override;
    Result<std::vector<JobCount>> count(ShopId shop) override;
    Result<void> retry(ShopId shop, JobId job, Instant now) override;
    Result<void> drop(ShopId shop, JobId job) override;
    Result<long long> forget_done(ShopId shop, Instant before) override;

  private:
    /// The shops that a worker serves: the ids between two.
    struct Shops {
        long long first = 0, last = 0;
    };
    static Shops shops_of(const LeaseRequest& request);
    bool is_due(const std::string& kind, const Shops& shops, Instant now);
    int room_for(const KindToLease& kind, int wanted, Instant now);
    /// Jobs of a kind that a statement chooses, not yet leased.
    std::vector<LeasedJob> candidates(std::string_view statement, const std::string& kind,
                                      const Shops& shops, int most, Instant now);
    /// Leases it, or gives it up when its last attempt ran out.
    void take(LeasedJob job, const LeaseRequest& request, Instant now, std::vector<LeasedJob>& to);
    Error not_in_state(ShopId shop, JobId job, std::string_view wanted);

    Connection& db_;
};

}  // namespace verso::records

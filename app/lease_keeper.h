// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <chrono>
#include <condition_variable>
#include <functional>
#include <memory>
#include <mutex>
#include <optional>
#include <thread>

#include "records/jobs/job_runner.h"
#include "records/store/store.h"

namespace verso::app {

/// Lengthens the lease of the job that its worker is busy with, in a thread with a connection of
/// its own, so that long work is not given to another worker while it goes on. When the machine
/// sleeps or the database is away the lease runs out, and the job's completion is refused.
class LeaseKeeper final : public records::LeaseGuard {
  public:
    using OpenStore = std::function<Result<std::unique_ptr<records::Store>>()>;
    /// `open` is called in the thread, once it is needed.
    LeaseKeeper(OpenStore open, std::chrono::seconds lease_for);
    ~LeaseKeeper() override;
    LeaseKeeper(const LeaseKeeper&) = delete;
    LeaseKeeper& operator=(const LeaseKeeper&) = delete;

    void begin(const records::LeasedJob& job) override;
    void end() override;

  private:
    void keep();
    void renew(const records::LeasedJob& job);

    OpenStore open_;
    std::chrono::seconds lease_for_;
    std::unique_ptr<records::Store> store_;  ///< of the thread
    std::mutex mutex_;
    std::condition_variable changed_;
    std::optional<records::LeasedJob> job_;
    bool stop_ = false;
    std::thread thread_;
};

}  // namespace verso::app

// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <condition_variable>
#include <functional>
#include <memory>
#include <mutex>
#include <thread>
#include <vector>

#include "records/store/store.h"

namespace verso::records {

/// The one writer of a database that takes one at a time (SQLite): what many threads want to write
/// at once becomes durable together, for the price of one wait for the disk. Thread-safe.
class GroupWriter {
  public:
    /// Writes through this store, on a thread of its own; at most `most` pieces of work in one
    /// transaction. Requires: nobody else uses the store.
    explicit GroupWriter(std::unique_ptr<Store> store, std::size_t most = 256);
    /// Ends when everything asked for was done and told.
    ~GroupWriter();
    GroupWriter(const GroupWriter&) = delete;
    GroupWriter& operator=(const GroupWriter&) = delete;

    /// What somebody wants to write. It may be run a second time, after all of its first run was
    /// taken back: it must not rely on having run once.
    using Work = std::function<Result<void>(Store&)>;
    using Done = std::function<void(Result<void>)>;

    /// Runs `work` some time soon and calls `done` when what it wrote is durable. All of it is
    /// kept, or nothing: what it gives as an Error was taken back, and the others of its group are
    /// not touched by it. DatabaseFailed when it could not be kept; Internal when it threw. Both
    /// are called on the writer's thread, `done` outside of any transaction; it must not throw nor
    /// wait, and may call post().
    void post(Work work, Done done);
    /// The same for a thread that waits. Requires: not called on the writer's thread.
    Result<void> write(Work work);
    /// How many pieces of work wait for a transaction, for those who turn callers away in time.
    std::size_t waiting() const;

  private:
    struct Asked {
        Work work;
        Done done;
        Result<void> answer{};
    };
    void run();
    void keep(std::vector<Asked>& group);
    bool keep_together(std::vector<Asked>& group);

    std::unique_ptr<Store> store_;
    std::size_t most_;
    mutable std::mutex mutex_;
    std::condition_variable asked_;
    std::vector<Asked> waiting_;
    bool ending_ = false;
    std::thread thread_;
};

}  // namespace verso::records

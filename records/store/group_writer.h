// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <condition_variable>
#include <functional>
#include <memory>
#include <mutex>
#include <semaphore>
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
    /// Ends when everything asked for was done.
    ~GroupWriter();
    GroupWriter(const GroupWriter&) = delete;
    GroupWriter& operator=(const GroupWriter&) = delete;

    using Work = std::function<Result<void>(Store&)>;
    /// Runs `work` and waits until what it wrote is durable. All of it is kept, or nothing: what it
    /// gives as an Error was taken back, and the others of its group are not touched by it.
    /// DatabaseFailed when the group could not be kept; then nothing of the group was.
    Result<void> write(Work work);

  private:
    struct Asked {
        Work work;
        Result<void> answer;
        std::binary_semaphore done{0};  ///< each wakes its own thread and no other
    };
    void run();
    void keep(const std::vector<Asked*>& group);

    std::unique_ptr<Store> store_;
    std::size_t most_;
    std::mutex mutex_;
    std::condition_variable asked_;
    std::vector<Asked*> waiting_;
    bool ending_ = false;
    std::thread thread_;
};

}  // namespace verso::records

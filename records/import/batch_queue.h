// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <condition_variable>
#include <cstddef>
#include <deque>
#include <mutex>
#include <optional>

namespace verso::records {

/// Hands batches from one thread to another; the giver waits while too many lie there. Thread-safe.
template <class Batch>
class BatchQueue {
  public:
    explicit BatchQueue(std::size_t most) : most_(most) {}

    /// False when the taker has gone; the batch is lost then.
    bool put(Batch batch) {
        std::unique_lock lock(mutex_);
        changed_.wait(lock, [&] { return batches_.size() < most_ || closed_; });
        if (closed_) return false;
        batches_.push_back(std::move(batch));
        changed_.notify_all();
        return true;
    }
    /// The giver has no more.
    void finish() {
        const std::lock_guard lock(mutex_);
        finished_ = true;
        changed_.notify_all();
    }
    /// The next batch; nothing once the giver has finished and all were taken.
    std::optional<Batch> take() {
        std::unique_lock lock(mutex_);
        changed_.wait(lock, [&] { return !batches_.empty() || finished_; });
        if (batches_.empty()) return std::nullopt;
        std::optional<Batch> batch(std::move(batches_.front()));
        batches_.pop_front();
        changed_.notify_all();
        return batch;
    }
    /// The taker takes no more.
    void close() {
        const std::lock_guard lock(mutex_);
        closed_ = true;
        changed_.notify_all();
    }

  private:
    std::size_t most_;
    std::mutex mutex_;
    std::condition_variable changed_;
    std::deque<Batch> batches_;
    bool finished_ = false, closed_ = false;
};

}  // namespace verso::records

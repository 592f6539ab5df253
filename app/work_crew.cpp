// SPDX-License-Identifier: Apache-2.0
#include "app/work_crew.h"

#include <cassert>

namespace verso::app {

/// Guarded by the crew's mutex, but for `make`.
class WorkCrew::Batch {
  public:
    Batch(std::size_t count, std::function<void(std::size_t)> how)
        : make(std::move(how)), done(count, false) {}

    std::function<void(std::size_t)> make;
    std::size_t next = 0;    ///< the first piece that nobody began
    std::vector<bool> done;  ///< by piece
    std::exception_ptr failed;
};

WorkCrew::WorkCrew(int threads) {
    assert(threads >= 1);
    for (int i = 1; i < threads; ++i) threads_.emplace_back([this] { work(); });
}

WorkCrew::~WorkCrew() {
    {
        const std::lock_guard lock(mutex_);
        stop_ = true;
        open_.clear();
    }
    work_there_.notify_all();
    for (auto& thread : threads_) thread.join();
}

std::shared_ptr<WorkCrew::Batch> WorkCrew::begin(std::size_t count,
                                                 std::function<void(std::size_t)> make) {
    auto batch = std::make_shared<Batch>(count, std::move(make));
    if (count == 0) return batch;
    {
        const std::lock_guard lock(mutex_);
        open_.push_back(batch);
    }
    work_there_.notify_all();
    return batch;
}

/// Makes one piece of the oldest batch, with the lock let go meanwhile. False when there is none.
bool WorkCrew::take_piece(std::unique_lock<std::mutex>& lock) {
    if (open_.empty()) return false;
    const std::shared_ptr<Batch> batch = open_.front();
    const std::size_t piece = batch->next++;
    if (batch->next == batch->done.size()) open_.pop_front();
    lock.unlock();
    std::exception_ptr failed;
    try {
        batch->make(piece);
    } catch (...) {
        failed = std::current_exception();
    }
    lock.lock();
    batch->done.at(piece) = true;
    if (failed && !batch->failed) batch->failed = failed;
    piece_done_.notify_all();
    return true;
}

void WorkCrew::work() {
    std::unique_lock lock(mutex_);
    while (!stop_) {
        if (!take_piece(lock)) work_there_.wait(lock, [&] { return stop_ || !open_.empty(); });
    }
}

void WorkCrew::wait_for(Batch& batch, std::size_t piece) {
    std::unique_lock lock(mutex_);
    while (!batch.done.at(piece)) {
        if (!take_piece(lock)) piece_done_.wait(lock);
    }
    if (batch.failed) std::rethrow_exception(batch.failed);
}

}  // namespace verso::app

// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <condition_variable>
#include <cstddef>
#include <deque>
#include <exception>
#include <functional>
#include <memory>
#include <mutex>
#include <thread>
#include <vector>

namespace verso::app {

/// Threads that share out numbered pieces of work, while the caller takes the results in order.
/// The caller is one of them: whenever it must wait, it works. So which thread made a piece
/// changes, and the order of the results never does.
///
/// One thread owns the crew and calls it; the pieces run in any thread, several at once, and must
/// only touch what is their own.
class WorkCrew {
  public:
    /// `threads`, the caller included. Requires: at least 1.
    explicit WorkCrew(int threads);
    /// Pieces that were not begun are dropped.
    ~WorkCrew();
    WorkCrew(const WorkCrew&) = delete;
    WorkCrew& operator=(const WorkCrew&) = delete;

    /// Some pieces that were handed out together.
    class Batch;
    /// Hands out the pieces 0 to count - 1. Earlier batches are worked on first. `make` and what
    /// it points to must live until every piece was waited for or the crew is gone.
    std::shared_ptr<Batch> begin(std::size_t count, std::function<void(std::size_t)> make);
    /// Comes back when the piece is made; throws what it threw.
    void wait_for(Batch& batch, std::size_t piece);

  private:
    bool take_piece(std::unique_lock<std::mutex>& lock);
    void work();

    std::mutex mutex_;
    std::condition_variable work_there_, piece_done_;
    std::deque<std::shared_ptr<Batch>> open_;  ///< those with pieces that nobody began
    bool stop_ = false;
    std::vector<std::thread> threads_;
};

}  // namespace verso::app

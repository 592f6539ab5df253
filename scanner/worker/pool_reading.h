// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <deque>
#include <memory>
#include <string>

#include "scanner/worker/worker_pool.h"

namespace verso::scanner {

/// One call of read().
class WorkerPool::Reading {
  public:
    Reading(WorkerPool& pool, const FileSource& source, const FileSink& sink,
            const PictureTaker& pictures)
        : pool_(pool), source_(source), sink_(sink), pictures_(pictures) {}
    /// Whoever is still at work works for nobody: it is ended.
    ~Reading();

    Result<void> run();

  private:
    void look_ahead();
    bool open_next();
    bool deal();
    bool send(Seat& seat, const Work& work);
    void deliver();
    Result<void> wait();
    void hear(Seat& seat);
    bool take(Seat& seat, const Envelope& envelope);
    bool take_page(Seat& seat, const std::string& payload);
    bool take_done(Seat& seat, const std::string& payload);
    bool begin_drawing(Seat& seat, const std::string& payload);
    void end_drawing(Seat& seat);
    void send_drawn(Seat& seat, const Result<DrawnPage>& page);
    void set_deadline(Seat& seat);
    void check_deadlines(Clock::duration away);
    void bury(Seat& seat, std::string why);
    Result<void> refill();
    bool finished() const { return stopped_ || (ended_ && upcoming_.empty() && order_.empty()); }

    WorkerPool& pool_;
    const FileSource& source_;
    const FileSink& sink_;
    const PictureTaker& pictures_;
    std::deque<FileTask> upcoming_;                    ///< from the source, not begun
    std::deque<std::shared_ptr<FileProgress>> order_;  ///< begun, not delivered
    std::deque<Work> open_;                            ///< of them, what nobody was sent
    bool ended_ = false, stopped_ = false;
    int bad_starts_ = 0;     ///< in a row
    std::string bad_start_;  ///< how the last of them ended
    Clock::time_point last_wait_ = Clock::now();
};

}  // namespace verso::scanner

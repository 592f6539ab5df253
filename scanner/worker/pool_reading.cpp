// SPDX-License-Identifier: Apache-2.0
// Who works on what: files are cut into works, works dealt out, results delivered in order.
#include "scanner/worker/pool_reading.h"

#include <poll.h>

#include <algorithm>
#include <cerrno>

namespace verso::scanner {

namespace {

constexpr std::size_t kAhead = 2;    // works sent to a process: one to do and one to go on with
constexpr std::size_t kWindow = 64;  // files whose results may wait for an earlier file
constexpr int kMostBadStarts = 3;    // processes that end before they begin: it will not get better

std::string beginning_of(const OpenImage& image) {
    constexpr std::int64_t kEnough = 1024;
    auto bytes = bytes_of(image.fd.get(), std::min(kEnough, image.bytes));
    return bytes ? std::move(*bytes) : std::string();
}

}  // namespace

WorkerPool::Reading::~Reading() {
    for (auto& seat : pool_.seats_) {
        if (seat.work.empty()) continue;
        seat.process.reset();
        seat.work.clear();
    }
}

/// Knows of as many files as there are processes, to see when there will not be enough.
void WorkerPool::Reading::look_ahead() {
    while (!ended_ && upcoming_.size() < pool_.seats_.size()) {
        if (auto task = source_()) {
            upcoming_.push_back(std::move(*task));
        } else {
            ended_ = true;
        }
    }
}

/// Cuts the next file into works: one, or one for each process when files run out.
bool WorkerPool::Reading::open_next() {
    look_ahead();
    if (upcoming_.empty() || order_.size() >= kWindow) return false;
    const bool scarce = upcoming_.size() < pool_.seats_.size();
    auto file = std::make_shared<FileProgress>(std::move(upcoming_.front()),
                                               pool_.limits_.failures_per_file);
    upcoming_.pop_front();
    order_.push_back(file);
    auto image = open_image(file->task().name, pool_.limits_.load.file_bytes);
    if (!image) {
        file->refuse(image.error());
        return true;
    }
    const bool several = may_have_pages(beginning_of(*image));
    const int parts = several && scarce ? pool_.size() : 1;
    file->begin(std::move(*image), parts, !several);
    for (int i = 1; i <= parts; ++i) open_.push_back({file, {i, parts}});
    return true;
}

bool WorkerPool::Reading::send(Seat& seat, const Work& work) {
    const OpenImage& image = work.file->image();
    const Job job{work.file->task().name, image.bytes, work.part.first, work.part.step,
                  work.file->task().choice};
    return seat.process->channel().send(MessageKind::Job, encode(job), image.fd.get());
}

/// Hands out works, first one to everybody. False when nobody could take one.
bool WorkerPool::Reading::deal() {
    bool dealt = false;
    for (std::size_t depth = 0; depth < kAhead; ++depth) {
        for (auto& seat : pool_.seats_) {
            if (!seat.process || seat.work.size() > depth) continue;
            while (open_.empty() && open_next()) {
            }
            if (open_.empty()) return dealt;
            if (!send(seat, open_.front())) {
                bury(seat, "");
                continue;
            }
            seat.work.push_back(std::move(open_.front()));
            open_.pop_front();
            if (seat.work.size() == 1 && seat.ready) set_deadline(seat);
            dealt = true;
        }
    }
    return dealt;
}

void WorkerPool::Reading::deliver() {
    while (!stopped_ && !order_.empty() && order_.front()->finished()) {
        const auto file = std::move(order_.front());
        order_.pop_front();
        stopped_ = !sink_(file->take());
    }
}

void WorkerPool::Reading::set_deadline(Seat& seat) {
    seat.deadline = Clock::now() + std::chrono::seconds(pool_.limits_.seconds_per_page);
}

/// Sleeps until a process says something or has run out of time.
Result<void> WorkerPool::Reading::wait() {
    std::vector<pollfd> ends;
    std::vector<Seat*> heard;
    std::vector<bool> is_drawing;
    const auto now = Clock::now();
    auto until = now + std::chrono::hours(1);
    for (auto& seat : pool_.seats_) {
        if (!seat.process) continue;
        ends.push_back({seat.process->channel().fd(), POLLIN, 0});
        if (seat.drawing) ends.push_back({seat.drawing->fd(), POLLIN, 0});
        heard.resize(ends.size(), &seat);
        is_drawing.resize(ends.size(), false);
        is_drawing.back() = seat.drawing != nullptr;
        if (seat.deadline) until = std::min(until, *seat.deadline);
    }
    const auto left = std::chrono::ceil<std::chrono::milliseconds>(until - now).count();
    const auto away = now - last_wait_;
    const int found =
        ::poll(ends.data(), ends.size(), static_cast<int>(std::max<std::int64_t>(left, 0)));
    last_wait_ = Clock::now();
    if (found < 0 && errno != EINTR)
        return Error{ErrorCode::Internal, "waiting for the readers failed", "", ""};
    for (std::size_t i = 0; i < ends.size() && found > 0; ++i) {
        if (ends[i].revents == 0) continue;
        if (!is_drawing[i]) hear(*heard[i]);
        if (is_drawing[i] && heard[i]->drawing) end_drawing(*heard[i]);
    }
    check_deadlines(away);
    return {};
}

Result<void> WorkerPool::Reading::refill() {
    for (auto& seat : pool_.seats_) {
        if (seat.process) continue;
        if (bad_starts_ >= kMostBadStarts) {
            return Error{ErrorCode::Internal, "the readers end before they begin: " + bad_start_,
                         "", "run `verso doctor`"};
        }
        if (auto filled = pool_.fill(seat); !filled) return filled;
        ++pool_.refilled_;
    }
    return {};
}

Result<void> WorkerPool::Reading::run() {
    for (;;) {
        if (auto filled = refill(); !filled) return filled;
        deal();
        deliver();
        if (finished()) return {};
        // A file that could not be opened leaves nothing to wait for.
        const bool waiting = std::any_of(pool_.seats_.begin(), pool_.seats_.end(),
                                         [](const Seat& seat) { return !seat.work.empty(); });
        if (!waiting) continue;
        if (auto waited = wait(); !waited) return waited;
    }
}

}  // namespace verso::scanner

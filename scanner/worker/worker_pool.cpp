// SPDX-License-Identifier: Apache-2.0
#include "scanner/worker/worker_pool.h"

#include <poll.h>

#include <algorithm>
#include <array>
#include <cerrno>

namespace verso::scanner {

namespace {

constexpr std::size_t kAhead = 2;    // works sent to a process: one to do and one to go on with
constexpr std::size_t kWindow = 64;  // files whose results may wait for an earlier file
constexpr int kMostPictures = 1000;  // of one page: eight cards with every field and stage
constexpr std::chrono::seconds kLongestStart{60};
constexpr int kMostBadStarts = 3;  // processes that end before they begin: it will not get better

std::string beginning_of(const OpenImage& image) {
    constexpr std::int64_t kEnough = 1024;
    auto bytes = bytes_of(image.fd.get(), std::min(kEnough, image.bytes));
    return bytes ? std::move(*bytes) : std::string();
}

}  // namespace

Result<void> WorkerPool::fill(Seat& seat) {
    auto process = WorkerProcess::start(command_);
    if (!process) return process.error();
    seat.process = std::move(*process);
    seat.ready = false;
    seat.begun = seat.answered = 0;
    seat.deadline = Clock::now() + kLongestStart;
    if (prepared_ && !greet(seat)) seat.process.reset();
    return {};
}

bool WorkerPool::greet(Seat& seat) {
    return seat.process->channel().send(MessageKind::Hello, encode(Hello{limits_, layout_bytes_}),
                                        layouts_.get());
}

Result<void> WorkerPool::start(int count) {
    while (size() < count) {
        Seat seat;
        if (auto filled = fill(seat); !filled) return filled;
        seats_.push_back(std::move(seat));
    }
    return {};
}

Result<void> WorkerPool::prepare(const WorkerLimits& limits, const std::vector<Layout>& layouts) {
    std::string lines;
    for (const auto& layout : layouts) lines += to_json(layout) + "\n";
    auto file = memory_file(lines);
    if (!file) return file.error();
    limits_ = limits;
    layouts_ = std::move(*file);
    layout_bytes_ = static_cast<std::int64_t>(lines.size());
    prepared_ = true;
    for (auto& seat : seats_) {
        if (!greet(seat)) seat.process.reset();
    }
    return {};
}

std::vector<pid_t> WorkerPool::pids() const {
    std::vector<pid_t> out;
    for (const auto& seat : seats_) out.push_back(seat.process ? seat.process->pid() : 0);
    return out;
}

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
    const auto now = Clock::now();
    auto until = now + std::chrono::hours(1);
    for (auto& seat : pool_.seats_) {
        if (!seat.process) continue;
        ends.push_back({seat.process->channel().fd(), POLLIN, 0});
        heard.push_back(&seat);
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
        if (ends[i].revents != 0) hear(*heard[i]);
    }
    check_deadlines(away);
    return {};
}

void WorkerPool::Reading::hear(Seat& seat) {
    const auto filled = seat.process->channel().fill();
    while (seat.process) {
        auto envelope = seat.process->channel().take();
        if (!envelope) break;
        if (!take(seat, *envelope)) return bury(seat, "its answer makes no sense");
    }
    if (!seat.process) return;
    if (seat.process->channel().broken()) return bury(seat, "its answer makes no sense");
    if (filled == Channel::Filled::Closed) bury(seat, "");
}

/// False when that is not what a reader may say now.
bool WorkerPool::Reading::take(Seat& seat, const Envelope& envelope) {
    if (envelope.kind == MessageKind::Ready) {
        const auto ready = decode<Ready>(envelope.payload);
        if (!ready || seat.ready) return false;
        seat.ready = true;
        bad_starts_ = 0;
        pool_.not_sandboxed_ = ready->not_sandboxed;
        seat.deadline.reset();
        if (!seat.work.empty()) set_deadline(seat);
        return true;
    }
    if (!seat.ready || seat.work.empty()) return false;
    switch (envelope.kind) {
        case MessageKind::Begun: {
            const auto begun = decode<PageNumber>(envelope.payload);
            if (!begun || begun->page <= seat.answered) return false;
            seat.begun = begun->page;
            seat.pictures = 0;
            set_deadline(seat);
            return true;
        }
        case MessageKind::Picture: {
            const auto picture = decode<Picture>(envelope.payload);
            if (!picture || seat.begun == 0 || ++seat.pictures > kMostPictures) return false;
            if (pictures_) pictures_(seat.work.front().file->task(), *picture);
            return true;
        }
        case MessageKind::Page:
            return take_page(seat, envelope.payload);
        case MessageKind::Done:
            return take_done(seat, envelope.payload);
        default:
            return false;
    }
}

bool WorkerPool::Reading::take_page(Seat& seat, const std::string& payload) {
    auto answer = decode<PageAnswer>(payload);
    if (!answer || answer->page != seat.begun || answer->page <= seat.answered) return false;
    seat.answered = answer->page;
    seat.work.front().file->add(std::move(*answer));
    set_deadline(seat);
    return true;
}

bool WorkerPool::Reading::take_done(Seat& seat, const std::string& payload) {
    const auto done = decode<Done>(payload);
    if (!done) return false;
    seat.work.front().file->finish(*done);
    seat.work.pop_front();
    seat.begun = seat.answered = 0;
    seat.deadline.reset();
    if (!seat.work.empty()) set_deadline(seat);
    return true;
}

/// `away` is how long nobody listened: a process that had no chance to tell is not late.
void WorkerPool::Reading::check_deadlines(Clock::duration away) {
    for (auto& seat : pool_.seats_) {
        if (!seat.process || !seat.deadline) continue;
        *seat.deadline += away;
        if (Clock::now() < *seat.deadline) continue;
        const auto seconds = seat.ready ? pool_.limits_.seconds_per_page : kLongestStart.count();
        bury(seat, "it took longer than " + std::to_string(seconds) + " s");
    }
}

/// The process is no more: its page failed, the rest of its work is for others.
void WorkerPool::Reading::bury(Seat& seat, std::string why) {
    const std::string words = seat.process->end(pool_.limits_);
    // What it said before it died still counts.
    Channel& channel = seat.process->channel();
    while (why.empty() && channel.fill() == Channel::Filled::Some) {
    }
    while (why.empty()) {
        const auto envelope = channel.take();
        if (!envelope || !take(seat, *envelope)) break;
    }
    if (why.empty()) why = words;
    seat.process.reset();
    auto work = std::exchange(seat.work, {});
    if (!seat.ready) {
        ++bad_starts_;
        bad_start_ = why;
    } else if (!work.empty()) {
        Work broken = std::move(work.front());
        work.pop_front();
        const bool begun = seat.begun > seat.answered;
        const int next = begun               ? seat.begun
                         : seat.answered > 0 ? seat.answered + broken.part.step
                                             : broken.part.first;
        if (const auto rest = broken.file->fail(broken.part, next, begun, why)) {
            work.push_front({broken.file, *rest});
        }
    }
    open_.insert(open_.begin(), std::make_move_iterator(work.begin()),
                 std::make_move_iterator(work.end()));
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

Result<void> WorkerPool::read(const FileSource& source, const FileSink& sink,
                              const PictureTaker& pictures) {
    return Reading(*this, source, sink, pictures).run();
}

}  // namespace verso::scanner

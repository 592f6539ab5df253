// SPDX-License-Identifier: Apache-2.0
// What the processes say, and what their silence and death mean.
#include <algorithm>
#include <iterator>
#include <utility>

#include "scanner/worker/pool_reading.h"

namespace verso::scanner {

namespace {

constexpr int kMostPictures = 1000;  // of one page: eight cards with every field and stage

}  // namespace

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
        case MessageKind::Draw:
            return begin_drawing(seat, envelope.payload);
        case MessageKind::Page:
            return take_page(seat, envelope.payload);
        case MessageKind::Done:
            return take_done(seat, envelope.payload);
        default:
            return false;
    }
}

/// Drawing is a program of its own, which a reader may not start. It has a page's time.
bool WorkerPool::Reading::begin_drawing(Seat& seat, const std::string& payload) {
    const auto wanted = decode<PageNumber>(payload);
    if (!wanted || wanted->page != seat.begun || seat.drawing) return false;
    auto drawing = PageDrawing::start(seat.work.front().file->image(), wanted->page, pool_.limits_);
    if (drawing) {
        seat.drawing = std::move(*drawing);
    } else {
        send_drawn(seat, drawing.error());
    }
    set_deadline(seat);
    return true;
}

void WorkerPool::Reading::end_drawing(Seat& seat) {
    const auto drawing = std::move(seat.drawing);
    send_drawn(seat, drawing->finish());
    set_deadline(seat);
}

/// A process that does not take it is found dead soon.
void WorkerPool::Reading::send_drawn(Seat& seat, const Result<DrawnPage>& page) {
    Drawn message;
    if (page) {
        message.bytes = page.value().bytes;
    } else {
        message.error = page.error();
    }
    (void)seat.process->channel().send(MessageKind::Drawn, encode(message),
                                       page ? page.value().file.get() : -1);
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
        if (seat.drawing) {
            end_drawing(seat);
            continue;
        }
        const auto seconds = seat.ready ? pool_.limits_.seconds_per_page : kLongestStart.count();
        bury(seat, "it took longer than " + std::to_string(seconds) + " s");
    }
}

/// The process is no more: its page failed, the rest of its work is for others.
void WorkerPool::Reading::bury(Seat& seat, std::string why) {
    seat.drawing.reset();
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

}  // namespace verso::scanner

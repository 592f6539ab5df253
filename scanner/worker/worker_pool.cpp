// SPDX-License-Identifier: Apache-2.0
#include "scanner/worker/worker_pool.h"

#include <utility>

#include "scanner/worker/pool_reading.h"

namespace verso::scanner {

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
    std::string told = encode(Hello{limits, static_cast<std::int64_t>(lines.size())}) + lines;
    if (prepared_ && told == told_) return {};
    auto file = memory_file(lines);
    if (!file) return file.error();
    limits_ = limits;
    layouts_ = std::move(*file);
    layout_bytes_ = static_cast<std::int64_t>(lines.size());
    told_ = std::move(told);
    const bool again = std::exchange(prepared_, true);
    for (auto& seat : seats_) {
        if (again || !seat.process || !greet(seat)) seat.process.reset();
    }
    return {};
}

std::vector<pid_t> WorkerPool::pids() const {
    std::vector<pid_t> out;
    for (const auto& seat : seats_) out.push_back(seat.process ? seat.process->pid() : 0);
    return out;
}

Result<void> WorkerPool::read(const FileSource& source, const FileSink& sink,
                              const PictureTaker& pictures) {
    return Reading(*this, source, sink, pictures).run();
}

}  // namespace verso::scanner

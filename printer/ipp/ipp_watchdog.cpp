// SPDX-License-Identifier: Apache-2.0
#include "printer/ipp/ipp_watchdog.h"

#include <sys/socket.h>

namespace verso::printer {

IppWatchdog::IppWatchdog() : thread_([this] { run(); }) {}

IppWatchdog::~IppWatchdog() {
    {
        const std::lock_guard lock(mutex_);
        ends_ = true;
    }
    changed_.notify_one();
    thread_.join();
}

/// The thread looks at the time it was told first; a later one it finds when it wakes.
void IppWatchdog::watch(int socket, std::chrono::steady_clock::time_point until) {
    const std::lock_guard lock(mutex_);
    const bool sleeps_too_long = socket_ < 0 || until < until_;
    socket_ = socket;
    until_ = until;
    if (sleeps_too_long) changed_.notify_one();
}

void IppWatchdog::sleep() {
    const std::lock_guard lock(mutex_);
    socket_ = -1;
}

void IppWatchdog::run() {
    std::unique_lock lock(mutex_);
    while (!ends_) {
        if (socket_ < 0) {
            changed_.wait(lock);
        } else if (std::chrono::steady_clock::now() < until_) {
            changed_.wait_until(lock, until_);
        } else {
            ::shutdown(socket_, SHUT_RDWR);
            socket_ = -1;
        }
    }
}

}  // namespace verso::printer

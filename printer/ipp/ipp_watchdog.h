// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <chrono>
#include <condition_variable>
#include <mutex>
#include <thread>

namespace verso::printer {

/// Ends a socket's talk when its time is over, even while single bytes keep coming: whoever reads
/// from it then finds it closed. One socket at a time.
class IppWatchdog {
  public:
    IppWatchdog();
    ~IppWatchdog();
    IppWatchdog(const IppWatchdog&) = delete;
    IppWatchdog& operator=(const IppWatchdog&) = delete;

    /// From now on, until sleep() or the next watch().
    void watch(int socket, std::chrono::steady_clock::time_point until);
    /// Must be called before the socket is closed.
    void sleep();

  private:
    void run();

    std::mutex mutex_;
    std::condition_variable changed_;
    int socket_ = -1;
    bool ends_ = false;
    std::chrono::steady_clock::time_point until_;
    std::thread thread_;  // last: it uses the others
};

}  // namespace verso::printer

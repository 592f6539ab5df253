// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <condition_variable>
#include <functional>
#include <map>
#include <mutex>
#include <ostream>
#include <string>
#include <thread>

#include "app/printer_hand.h"

namespace verso::app {

/// Works off the queues of all printers of a home, each in a thread of its own; printers that are
/// added later get theirs. Thread-safe.
class PrinterCrew {
  public:
    /// Begins at once. `call` says which home; what becomes of documents is told by the lists of
    /// print jobs.
    explicit PrinterCrew(const Call& call);
    /// Ends each hand-over as soon as that harms nothing.
    ~PrinterCrew();
    PrinterCrew(const PrinterCrew&) = delete;
    PrinterCrew& operator=(const PrinterCrew&) = delete;

    /// Something was put in: nobody waits for the next look.
    void wake();

  private:
    void look_for_printers();
    void work_for(records::PrinterId printer);
    /// True when it is over; at the latest after `pause`, earlier when woken.
    bool rest(std::chrono::milliseconds pause, unsigned long long& seen);
    bool is_over();

    Result<OpenHome> open();

    std::ostream nowhere_{nullptr};
    Output silent_;
    std::string home_, shop_;
    std::mutex mutex_;  ///< of what follows
    std::condition_variable changed_;
    bool over_ = false;
    unsigned long long woken_ = 0;
    std::map<records::PrinterId, std::thread> hands_;
    std::thread looker_;
};

}  // namespace verso::app

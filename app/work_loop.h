// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <atomic>
#include <chrono>
#include <map>
#include <string>
#include <vector>

#include "app/job_handlers.h"

namespace verso::app {

struct WorkOptions {
    std::vector<std::string> kinds;                 ///< empty: all that this program does
    std::map<std::string, int> most_at_once;        ///< of a kind, by all workers together
    bool once = false;                              ///< end when nothing is due
    std::chrono::seconds lease{60};                 ///< renewed while a job goes on
    std::chrono::milliseconds longest_pause{1000};  ///< between two looks at an idle queue
};

/// What a worker did.
struct WorkReport {
    int done = 0, retried = 0, dead = 0, lost = 0;
};

/// Does jobs until `stop` is set, or with `once` until none is due; each is told when it ends.
/// DatabaseFailed: the queue could not be asked ten times in a row.
Result<WorkReport> work(OpenHome& home, ImageReader& images, const WorkOptions& options, Call& call,
                        const std::atomic<bool>& stop);

}  // namespace verso::app

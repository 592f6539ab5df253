// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <sys/types.h>

#include <memory>
#include <string>
#include <vector>

#include "scanner/worker/channel.h"

namespace verso::scanner {

/// The program that runs worker_main, and its arguments.
using WorkerCommand = std::vector<std::string>;

/// One reader process, from our side. Its standard input and output are empty, its standard error
/// is kept for the reason of its death, its environment holds nothing of ours. It is ended and
/// waited for when this goes. The thread that starts it must live as long: the machine ends the
/// process with it.
class WorkerProcess {
  public:
    /// DependencyMissing when the program cannot be started, Internal when the machine has no
    /// descriptors or processes left.
    static Result<std::unique_ptr<WorkerProcess>> start(const WorkerCommand& command);
    ~WorkerProcess();
    WorkerProcess(const WorkerProcess&) = delete;
    WorkerProcess& operator=(const WorkerProcess&) = delete;

    Channel& channel() { return channel_; }
    pid_t pid() const { return pid_; }

    /// Ends it if it still runs, and says how it ended: "it crashed (SEGV)".
    std::string end(const WorkerLimits& limits);

  private:
    WorkerProcess(pid_t pid, OwnedFd socket, OwnedFd complaints)
        : pid_(pid),
          channel_(std::move(socket), Channel::Files::Refused),
          complaints_(std::move(complaints)) {}
    std::string complaint() const;

    pid_t pid_;
    Channel channel_;
    OwnedFd complaints_;
};

}  // namespace verso::scanner

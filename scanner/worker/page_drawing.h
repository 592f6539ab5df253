// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <sys/types.h>

#include <memory>

#include "scanner/worker/limits.h"
#include "scanner/worker/owned_fd.h"

namespace verso::scanner {

/// A picture that a program has made, not looked at yet.
struct DrawnPage {
    OwnedFd file;
    std::int64_t bytes = 0;
};

/// One page of a PDF being drawn at 300 dpi by poppler's `pdftoppm`, which may use up what a reader
/// may. Its output goes into memory and is looked at by nobody but a reader. Ended and waited for
/// when this goes. The thread that starts it must live as long.
class PageDrawing {
  public:
    /// DependencyMissing without pdftoppm, Internal when the machine has no room.
    static Result<std::unique_ptr<PageDrawing>> start(const OpenImage& pdf, int page,
                                                      const WorkerLimits& limits);
    ~PageDrawing();
    PageDrawing(const PageDrawing&) = delete;
    PageDrawing& operator=(const PageDrawing&) = delete;

    /// Hangs up when it has ended.
    int fd() const { return ended_.get(); }
    /// Ends it if it still runs. FormatInvalid when it is not finished, or with what pdftoppm
    /// found wrong.
    Result<DrawnPage> finish();

  private:
    PageDrawing(pid_t pid, OwnedFd ended, OwnedFd output, OwnedFd complaints)
        : pid_(pid),
          ended_(std::move(ended)),
          output_(std::move(output)),
          complaints_(std::move(complaints)) {}

    pid_t pid_;
    OwnedFd ended_, output_, complaints_;
};

}  // namespace verso::scanner

// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <chrono>
#include <deque>
#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "scanner/worker/file_progress.h"
#include "scanner/worker/page_drawing.h"
#include "scanner/worker/worker_process.h"

namespace verso::scanner {

/// Gives the next file to read; nothing at the end.
using FileSource = std::function<std::optional<FileTask>()>;
/// Takes each file's result, in the order of the source. False stops the reading.
using FileSink = std::function<bool(FileResult result)>;
/// Takes a picture as soon as it is made: "crop/NAME.png" or "debug/NAME.png" of a task.
using PictureTaker = std::function<void(const FileTask& task, const Picture& picture)>;

/// Reader processes that share out files among them, and the pages of a long file when there are
/// not enough files. A reader that crashes, hangs or needs too much memory costs the page that it
/// was on: that becomes a reading for review with the reason `reader-failed`, another process takes
/// its place and goes on with the next page. The results do not depend on how many there are.
///
/// One thread: the one that made it. Reading happens while it is in read().
class WorkerPool {
  public:
    explicit WorkerPool(WorkerCommand command) : command_(std::move(command)) {}

    /// Starts processes until there are `count`; may be called before prepare(), so that they
    /// start while the caller still looks for what they need. Errors as WorkerProcess::start.
    Result<void> start(int count);
    /// Tells them their limits and the home's layouts; to be called before each read(), or once. A
    /// reader is told once in its life: when anything is new, others take their places. Internal.
    Result<void> prepare(const WorkerLimits& limits, const std::vector<Layout>& layouts);

    /// Reads files until the source ends or the sink says stop. An error means that there are no
    /// readers: they cannot be started, or end before they have begun.
    Result<void> read(const FileSource& source, const FileSink& sink,
                      const PictureTaker& pictures = {});

    int size() const { return static_cast<int>(seats_.size()); }
    /// Processes that were started in place of ones that ended.
    int refilled() const { return refilled_; }
    /// Why the readers work without their sandbox on this machine; empty when they are in it.
    const std::string& not_sandboxed() const { return not_sandboxed_; }
    /// The processes as they are now; 0 for one that has ended. For measurements and tests.
    std::vector<pid_t> pids() const;

  private:
    using Clock = std::chrono::steady_clock;

    /// Some pages of a file that one process reads.
    struct Work {
        std::shared_ptr<FileProgress> file;
        FilePart part;
    };
    /// A place for one process, and what it was sent: the first is what it works on.
    struct Seat {
        std::unique_ptr<WorkerProcess> process;
        bool ready = false;
        std::deque<Work> work;
        int begun = 0;                         ///< the page that it said to be on
        int pictures = 0;                      ///< of that page
        int answered = 0;                      ///< the last page of the first work that it answered
        std::unique_ptr<PageDrawing> drawing;  ///< the page that it waits for
        std::optional<Clock::time_point> deadline;
    };
    class Reading;
    static constexpr std::chrono::seconds kLongestStart{60};

    Result<void> fill(Seat& seat);
    bool greet(Seat& seat);

    WorkerCommand command_;
    WorkerLimits limits_;
    OwnedFd layouts_;
    std::int64_t layout_bytes_ = 0;
    std::string told_;  ///< limits and layouts, as text
    bool prepared_ = false;
    std::vector<Seat> seats_;
    int refilled_ = 0;
    std::string not_sandboxed_;
};

}  // namespace verso::scanner

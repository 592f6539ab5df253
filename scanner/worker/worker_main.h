// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <functional>

#include "scanner/pipeline/read_card.h"

namespace verso::scanner {

/// The descriptor at which a reader process finds its socket.
inline constexpr int kWorkerSocket = 3;

/// What a reader process ends with when it needed more memory than it may have.
inline constexpr int kOutOfMemoryStatus = 71;

/// What reads a page: scanner::read_page, or what a test puts in its place.
using ReadPage = std::function<std::vector<Reading>(
    const GrayImage& image, const LayoutLookup& layouts, const ReadOptions& options)>;

/// The whole life of a reader process, begun by WorkerProcess: takes the limits and layouts from
/// its socket, gives up its rights (sandbox.h), reads what it is sent and answers page by page,
/// until the other end hangs up. Gives the exit status. Call it first thing in main, before any
/// thread is made.
int worker_main(const ReadPage& read = read_page);

}  // namespace verso::scanner

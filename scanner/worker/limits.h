// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "scanner/image/image_loader.h"

namespace verso::scanner {

/// What a reader process may use up. Each is for one process.
struct WorkerLimits {
    LoadLimits load;             ///< of the files that it is given
    int seconds_per_page = 20;   ///< from the start of a page to its answer; default 20
    int megabytes = 1024;        ///< of memory beyond the program itself; default 1024
    int failures_per_file = 10;  ///< pages that break it, after which the rest is refused; 10
};

}  // namespace verso::scanner

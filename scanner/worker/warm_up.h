// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <vector>

#include "scanner/worker/worker_main.h"

namespace verso::scanner {

/// Lets the libraries do what they do once, while files can still be opened: threads are counted,
/// tables made. Cheap: a page without anything on it is read.
void warm_up(const std::vector<const Layout*>& layouts, const ReadPage& read);

}  // namespace verso::scanner

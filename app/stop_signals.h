// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <atomic>

namespace verso::app {

/// From now on SIGTERM and Ctrl-C set this instead of ending the program.
const std::atomic<bool>& hear_stop_signals();

}  // namespace verso::app

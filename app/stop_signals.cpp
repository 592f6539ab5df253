// SPDX-License-Identifier: Apache-2.0
#include "app/stop_signals.h"

#include <signal.h>

namespace verso::app {

namespace {

std::atomic<bool> stop_asked{false};

void ask_to_stop(int) { stop_asked = true; }

}  // namespace

const std::atomic<bool>& hear_stop_signals() {
    struct sigaction action {};
    action.sa_handler = ask_to_stop;
    ::sigaction(SIGTERM, &action, nullptr);
    ::sigaction(SIGINT, &action, nullptr);
    return stop_asked;
}

}  // namespace verso::app

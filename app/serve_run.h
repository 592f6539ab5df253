// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string>

#include "app/command.h"

namespace verso::app {

struct ServeOptions {
    std::string listen = "127.0.0.1:8080";
    int threads = 0;  ///< 0: as many as processors
    bool access_log = false;
    bool no_work = false;  ///< jobs are left to `verso work`
};

/// Serves the home until SIGINT or SIGTERM; what was being answered is answered before it ends.
/// Says on stdout where it listens once it does. HomeInvalid, and what Server::start says.
Result<ExitCode> serve(Call& call, const ServeOptions& options);

}  // namespace verso::app

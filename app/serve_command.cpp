// SPDX-License-Identifier: Apache-2.0
#include <CLI/CLI.hpp>

#include "app/command.h"
#include "app/serve_run.h"

namespace verso::app {

void add_serve_command(Program& program) {
    auto options = std::make_shared<ServeOptions>();
    auto* command = declare(program.parser, "serve",
                            "Serves the buyers' pages and the desk over HTTP until it is stopped.",
                            "verso serve --listen 0.0.0.0:8080");
    command->add_option("--listen", options->listen,
                        "Address and port; port 0 takes a free one (default 127.0.0.1:8080)");
    command
        ->add_option("--threads", options->threads,
                     "Threads that answer (default: as many as processors)")
        ->check(CLI::Range(1, 64));
    command->add_flag("--access-log", options->access_log,
                      "One line for each request on stderr; it holds no address and no code");
    command->add_flag("--no-work", options->no_work,
                      "Leave the jobs of the queue to verso work: prints, scans, retention");
    command->callback([&program, options] {
        program.chosen = [options](Call& call) { return serve(call, *options); };
    });
}

}  // namespace verso::app

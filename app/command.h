// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <functional>
#include <string>
#include <string_view>

#include "app/exit_code.h"
#include "app/output.h"
#include "core/util/result.h"

namespace CLI {
class App;
}

namespace verso::app {

/// What the body of a command gets.
struct Call {
    std::string home;  ///< what --home said; empty when it was not given
    Output& out;
    std::string shop{};  ///< what --shop or $VERSO_SHOP said; empty when neither did
};

/// What a command does once its arguments are known.
using Body = std::function<Result<ExitCode>(Call&)>;

/// The program while its commands are declared and its arguments parsed: whichever command was
/// named leaves its body in `chosen`.
struct Program {
    CLI::App& parser;
    Body chosen;
};

/// Declares a command under `parent`: one sentence of what it does, one example line; the help adds
/// where the exit codes are explained.
CLI::App* declare(CLI::App& parent, std::string_view name, std::string_view sentence,
                  std::string_view example);

// One for each file X_command.cpp: declares its commands and says what they do.
void add_init_command(Program& program);
void add_doctor_command(Program& program);
void add_orders_command(Program& program);
void add_privacy_command(Program& program);
void add_print_command(Program& program);
void add_template_command(Program& program);
void add_read_command(Program& program);
void add_scan_command(Program& program);
void add_ratings_command(Program& program);
void add_review_command(Program& program);
void add_stats_command(Program& program);
void add_demo_command(Program& program);
void add_bench_command(Program& program);
void add_events_command(Program& program);
void add_jobs_command(Program& program);
void add_returns_command(Program& program);
void add_work_command(Program& program);
void add_store_command(Program& program);
void add_serve_command(Program& program);
void add_shop_command(Program& program);
void add_user_command(Program& program);
void add_audit_command(Program& program);

}  // namespace verso::app

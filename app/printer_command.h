// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "app/command.h"

namespace verso::app {

void add_printer_command(Program& program);
/// `verso printer calibrate`, declared under `printers`.
void add_printer_calibrate_command(CLI::App& printers, Program& program);

}  // namespace verso::app

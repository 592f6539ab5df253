// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "app/command.h"

namespace verso::app {

void add_printer_command(Program& program);

}  // namespace verso::app

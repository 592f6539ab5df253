// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "app/command.h"

namespace verso::app {

/// Declares `verso export` and says what it does; like those of command.h.
void add_export_command(Program& program);

}  // namespace verso::app

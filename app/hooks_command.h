// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "app/command.h"

namespace verso::app {

/// Declares `verso hooks`.
void add_hooks_command(Program& program);

}  // namespace verso::app

// SPDX-License-Identifier: Apache-2.0
#include "app/command.h"

#include <CLI/CLI.hpp>

namespace verso::app {

CLI::App* declare(CLI::App& parent, std::string_view name, std::string_view sentence,
                  std::string_view example) {
    CLI::App* command = parent.add_subcommand(std::string(name), std::string(sentence));
    command->fallthrough();  // --json and its like may stand anywhere
    command->footer("Example:     " + std::string(example) + "\nExit codes:  docs/errors.md");
    return command;
}

}  // namespace verso::app

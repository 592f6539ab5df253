// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string>

#include "app/output.h"
#include "records/desk/returns_desk.h"

namespace verso::app {

/// One line of JSON for a list of returns.
std::string return_json(const records::Return& made);

/// For a person, or as one line of JSON.
void show(Output& out, const records::ReturnStory& story);

}  // namespace verso::app

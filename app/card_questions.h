// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <vector>

#include "app/wiring.h"
#include "core/card/card_layout.h"

namespace verso::app {

/// The questions that a card was printed with. NotFound when the home has lost its layout.
Result<std::vector<Question>> questions_of(OpenHome& home, const records::CardRecord& card);

}  // namespace verso::app

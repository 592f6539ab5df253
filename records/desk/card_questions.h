// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <vector>

#include "core/card/card_layout.h"
#include "records/desk/counter.h"

namespace verso::records {

/// The questions that a card was printed with. NotFound when the home has lost its layout.
Result<std::vector<Question>> questions_of(const Counter& counter, const CardRecord& card);

}  // namespace verso::records

// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/card/card_layout.h"
#include "core/domain/reading.h"

namespace verso::scanner {

/// Decides what becomes of a reading whose answers and fields are filled in and whose doubts are
/// already among its reasons: accepted when nothing speaks against it and the overall question is
/// answered, else review with NoOverall, BlankCard or CommentOnly added. A return sheet has no
/// overall question: any answer will do. Pure.
void decide_verdict(Reading& reading);

}  // namespace verso::scanner

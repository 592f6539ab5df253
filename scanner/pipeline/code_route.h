// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "scanner/pipeline/card_case.h"

namespace verso::scanner {

/// Finds cards by their QR codes, one after another, and judges each. A stub repeats the QR of its
/// card and has no fiducials: it is no card of its own and is left out.
void read_by_codes(const PageContext& page, PageFindings& found);

/// When neither a code nor a card was found: the same by the costly treatments of the picture.
void read_by_hard_codes(const PageContext& page, PageFindings& found);

}  // namespace verso::scanner

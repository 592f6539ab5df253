// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "scanner/pipeline/card_case.h"

namespace verso::scanner {

/// Finds a card without a readable QR by the fiducials of the layouts that the home knows.
void read_by_fiducials(const PageContext& page, PageFindings& found);

/// The same for a card whose typed code a person keyed: its layout is known.
void read_keyed(const PageContext& page, const KeyedCard& keyed, PageFindings& found);

}  // namespace verso::scanner
